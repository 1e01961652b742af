package dev.axiom.core.resolve;

import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The index as one search sees it: slots instead of names, and for each requirement the candidates that satisfy it. Every
 * question is put to the index once, and only when the search needs the answer.
 */
final class Catalog {
    private final PackageIndex index;
    private final ResolvePolicy policy;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<PackageName, Slot> byName = new HashMap<>();
    private final Map<Requirement, List<Term>> alternatives = new HashMap<>();

    Catalog(PackageIndex index, ResolvePolicy policy) {
        this.index = index;
        this.policy = policy;
    }

    /** All slots so far, by number. */
    List<Slot> slots() {
        return slots;
    }

    PackageIndex index() {
        return index;
    }

    Slot slot(PackageName name) {
        Slot known = byName.get(name);
        if (known == null) {
            known = new Slot(slots.size(), name, index.candidates(name), policy);
            slots.add(known);
            byName.put(name, known);
        }
        return known;
    }

    /**
     * What satisfies a requirement: for each name that can, which of its candidates do. The packages of the very name
     * come first, then those that provide it, by name. Names of which none will do are left out.
     */
    List<Term> satisfying(Requirement requirement) {
        List<Term> known = alternatives.get(requirement);
        if (known == null) {
            known = find(requirement);
            alternatives.put(requirement, known);
        }
        return known;
    }

    private List<Term> find(Requirement requirement) {
        List<Term> result = new ArrayList<>();
        Slot own = slot(requirement.name());
        BitSet matching = own.matching(requirement.constraint());
        TreeSet<PackageName> providers = new TreeSet<>(index.providers(requirement.name()));
        if (providers.remove(requirement.name())) {
            matching.or(providing(own, requirement));
        }
        add(result, own, matching);
        for (PackageName provider : providers) {
            Slot slot = slot(provider);
            add(result, slot, providing(slot, requirement));
        }
        return List.copyOf(result);
    }

    private static void add(List<Term> result, Slot slot, BitSet candidates) {
        if (!candidates.isEmpty()) {
            result.add(new Term(slot, Domain.some(candidates, slot.candidates().size())));
        }
    }

    private static BitSet providing(Slot slot, Requirement requirement) {
        BitSet result = new BitSet();
        for (int i = 0; i < slot.candidates().size(); i++) {
            if (slot.candidates().get(i).provides().stream().anyMatch(provided -> satisfies(provided, requirement))) {
                result.set(i);
            }
        }
        return result;
    }

    /** A name provided without a version satisfies only those who do not ask for one. */
    private static boolean satisfies(Provided provided, Requirement requirement) {
        Constraint constraint = requirement.constraint();
        return provided.name().equals(requirement.name())
                && (provided.version() == null ? constraint.isAny() : constraint.allows(provided.version()));
    }
}
