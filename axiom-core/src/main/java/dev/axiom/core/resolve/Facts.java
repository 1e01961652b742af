package dev.axiom.core.resolve;

import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns the input into incompatibilities: the profile's requirements at once, a candidate's dependencies and conflicts
 * when it is about to be chosen. What several candidates of one name say alike becomes one incompatibility about all of
 * them, so that one conflict rules all of them out.
 */
final class Facts {
    private final Catalog catalog;
    private final Map<Slot, Declarations> declarations = new HashMap<>();

    Facts(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What a requirement of the profile excludes: that none of the packages that satisfy it is chosen. */
    Incompatibility required(Requirement requirement) {
        List<Term> alternatives = catalog.satisfying(requirement);
        return new Incompatibility(
                alternatives.stream().map(Facts::not).toArray(Term[]::new),
                new Reason.Required(requirement, alternatives));
    }

    /** What choosing this candidate excludes, as far as it has not been said before. */
    List<Incompatibility> about(Slot slot, int index) {
        Declarations declared = declarations.computeIfAbsent(slot, Declarations::new);
        if (declared.done.get(index)) {
            return List.of();
        }
        declared.done.set(index);
        Candidate candidate = slot.candidates().get(index);
        List<Incompatibility> result = new ArrayList<>();
        for (Requirement requirement :
                candidate.dependencies().stream().sorted().toList()) {
            BitSet dependents = declared.dependencies.remove(requirement);
            if (dependents != null) {
                addDependency(result, slot, dependents, requirement);
            }
        }
        for (Requirement requirement : candidate.conflicts().stream().sorted().toList()) {
            BitSet opponents = declared.conflicts.remove(requirement);
            if (opponents != null) {
                addConflicts(result, slot, opponents, requirement);
            }
        }
        return result;
    }

    private void addDependency(List<Incompatibility> result, Slot slot, BitSet dependents, Requirement requirement) {
        List<Term> alternatives = catalog.satisfying(requirement);
        Domain declaring = Domain.some(dependents, slot.candidates().size());
        Domain unsatisfied = declaring;
        List<Term> terms = new ArrayList<>();
        for (Term alternative : alternatives) {
            if (alternative.slot() == slot) {
                // Who is its own dependency has it when it is chosen.
                unsatisfied = declaring.minus(alternative.set());
            } else {
                terms.add(not(alternative));
            }
        }
        if (!unsatisfied.isEmpty()) {
            terms.add(0, new Term(slot, unsatisfied));
            Reason reason = new Reason.Depends(slot, unsatisfied, requirement, alternatives);
            result.add(new Incompatibility(terms.toArray(Term[]::new), reason));
        }
    }

    private void addConflicts(List<Incompatibility> result, Slot slot, BitSet opponents, Requirement requirement) {
        Domain declaring = Domain.some(opponents, slot.candidates().size());
        for (Term other : catalog.satisfying(requirement)) {
            if (other.slot() != slot) {
                Term[] terms = {new Term(slot, declaring), other};
                result.add(new Incompatibility(terms, new Reason.Conflicts(slot, declaring, requirement, other)));
            }
        }
    }

    private static Term not(Term term) {
        return new Term(term.slot(), term.slot().all().minus(term.set()));
    }

    /** Which candidates of a name declare what; each entry is taken out when it has been said. */
    private static final class Declarations {
        private final BitSet done = new BitSet();
        private final Map<Requirement, BitSet> dependencies;
        private final Map<Requirement, BitSet> conflicts;

        Declarations(Slot slot) {
            dependencies = group(slot, Candidate::dependencies);
            conflicts = group(slot, Candidate::conflicts);
        }

        private static Map<Requirement, BitSet> group(Slot slot, Function<Candidate, List<Requirement>> declared) {
            Map<Requirement, BitSet> result = new HashMap<>();
            for (int i = 0; i < slot.candidates().size(); i++) {
                for (Requirement requirement : declared.apply(slot.candidates().get(i))) {
                    result.computeIfAbsent(requirement, any -> new BitSet()).set(i);
                }
            }
            return result;
        }
    }
}
