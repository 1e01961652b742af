package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The index as one search sees it: slots instead of names, and for each requirement the candidates that satisfy it. Every
 * question is put to the index once, and only when the search needs the answer.
 */
final class Catalog {
    private final PackageIndex index;
    private final ResolvePolicy policy;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<PackageName, List<Slot>> byName = new HashMap<>();
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

    ResolvePolicy policy() {
        return policy;
    }

    /** The slots of a name: one, or, if the profile allows several packages of it, one for each candidate. */
    List<Slot> slots(PackageName name) {
        List<Slot> known = byName.get(name);
        if (known == null) {
            known = create(name, candidates(name));
            byName.put(name, known);
        }
        return known;
    }

    /** All packages of a name, ascending, each once. */
    List<Candidate> candidates(PackageName name) {
        List<Candidate> offered = index.candidates(name);
        if (offered.size() < 2) {
            return List.copyOf(offered);
        }
        TreeSet<Candidate> result = new TreeSet<>(Comparator.comparing(Candidate::id));
        result.addAll(offered);
        return List.copyOf(result);
    }

    private List<Slot> create(PackageName name, List<Candidate> candidates) {
        if (!policy.choices().several().contains(name)) {
            return List.of(slot(name, candidates));
        }
        List<Candidate> welcome = new ArrayList<>(candidates);
        if (policy.choices().preferenceFor(name) != Preference.OLDEST) {
            Collections.reverse(welcome);
        }
        return welcome.stream().map(candidate -> slot(name, List.of(candidate))).toList();
    }

    private Slot slot(PackageName name, List<Candidate> candidates) {
        Slot slot = new Slot(slots.size(), name, candidates, policy);
        slots.add(slot);
        return slot;
    }

    /** The slots of names whose most welcome package is wanted, by name. */
    List<Slot> first() {
        return new TreeSet<>(policy.first())
                .stream().flatMap(name -> slots(name).stream()).toList();
    }

    /**
     * The slots of packages to keep, by name; those that the requirements ask for first, and of these, as of the others,
     * the favoured first.
     */
    List<Slot> kept(List<Requirement> requirements, Set<PackageName> favoured) {
        TreeSet<PackageName> names = new TreeSet<>();
        policy.locked().stream().map(PackageId::name).forEach(names::add);
        List<PackageName> requested = new ArrayList<>();
        for (Requirement requirement : requirements) {
            for (Requirement alternative : requirement.alternatives()) {
                if (names.remove(alternative.name())) {
                    requested.add(alternative.name());
                }
            }
        }
        Comparator<PackageName> favouredFirst = Comparator.comparing(name -> !favoured.contains(name));
        return Stream.of(requested, names)
                .flatMap(some -> some.stream().sorted(favouredFirst))
                .flatMap(name -> slots(name).stream())
                .filter(Slot::isLocked)
                .toList();
    }

    /**
     * What satisfies a requirement: for each name that can, which of its candidates do. The packages of the very name
     * come first, then those that provide it, by name; then those of the requirement's alternatives. Names of which none
     * will do are left out.
     */
    List<Term> satisfying(Requirement requirement) {
        List<Term> known = alternatives.get(requirement);
        if (known == null) {
            Map<Slot, BitSet> found = new LinkedHashMap<>();
            requirement.alternatives().forEach(alternative -> find(found, alternative));
            known = found.entrySet().stream()
                    .map(entry -> entry.getKey().term(entry.getValue()))
                    .toList();
            alternatives.put(requirement, known);
        }
        return known;
    }

    private void find(Map<Slot, BitSet> found, Requirement requirement) {
        for (Slot own : slots(requirement.name())) {
            add(found, own, own.matching(requirement.constraint()));
        }
        for (PackageName provider : new TreeSet<>(index.providers(requirement.name()))) {
            for (Slot slot : slots(provider)) {
                add(found, slot, providing(slot, requirement));
            }
        }
    }

    /** The schemes that a requirement makes no sense for, of packages that it names and that run on the profile's platform. */
    Set<VersionScheme> misfits(Requirement requirement) {
        Set<VersionScheme> result = EnumSet.noneOf(VersionScheme.class);
        for (Requirement alternative : requirement.alternatives()) {
            for (Candidate candidate : candidates(alternative.name())) {
                VersionScheme scheme = candidate.id().version().scheme();
                if (policy.choices().platform().runs(candidate.platform())
                        && alternative.constraint().misfit(scheme).isPresent()) {
                    result.add(scheme);
                }
            }
        }
        return result;
    }

    private static void add(Map<Slot, BitSet> found, Slot slot, BitSet candidates) {
        if (!candidates.isEmpty()) {
            found.computeIfAbsent(slot, any -> new BitSet()).or(candidates);
        }
    }

    private static BitSet providing(Slot slot, Requirement requirement) {
        BitSet result = new BitSet();
        for (int i = 0; i < slot.candidates().size(); i++) {
            for (Provided provided : slot.candidates().get(i).provides()) {
                if (provided.satisfies(requirement)) {
                    result.set(i);
                }
            }
        }
        return result;
    }
}
