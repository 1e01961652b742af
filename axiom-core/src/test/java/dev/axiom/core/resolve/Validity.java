package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sat4j.core.VecInt;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.ISolver;
import org.sat4j.specs.TimeoutException;

/**
 * What makes a set of packages right, said once more and without anything of the resolver: for one set as a check, for all
 * sets as clauses that SAT4J solves.
 */
record Validity(List<Candidate> packages, List<Requirement> roots, Choices choices) {

    /** The first thing that is wrong with a set; empty if nothing is. */
    String flaw(Collection<PackageId> ids) {
        List<Candidate> chosen =
                packages.stream().filter(one -> ids.contains(one.id())).toList();
        if (chosen.size() != ids.size()) {
            return "it has what does not exist";
        }
        for (Requirement root : roots) {
            if (chosen.stream().noneMatch(one -> meets(one, root))) {
                return "nothing meets " + root;
            }
        }
        for (Candidate one : chosen) {
            if (isShutOut(one)) {
                return one.id() + " is shut out";
            }
            for (Requirement need : one.dependencies()) {
                if (chosen.stream().noneMatch(other -> meets(other, need))) {
                    return one.id() + " misses " + need;
                }
            }
            for (Candidate other : chosen) {
                if (exclude(one, other)) {
                    return one.id() + " and " + other.id() + " cannot be together";
                }
            }
        }
        return "";
    }

    /** Whether any set is right, by SAT4J. */
    boolean isPossible() {
        ISolver solver = SolverFactory.newDefault();
        solver.newVar(packages.size());
        try {
            for (Requirement root : roots) {
                solver.addClause(new VecInt(meeting(root)));
            }
            for (int i = 0; i < packages.size(); i++) {
                Candidate one = packages.get(i);
                if (isShutOut(one)) {
                    solver.addClause(new VecInt(new int[] {-(i + 1)}));
                }
                for (Requirement need : one.dependencies()) {
                    solver.addClause(new VecInt(meeting(need)).push(-(i + 1)));
                }
                for (int j = 0; j < packages.size(); j++) {
                    if (exclude(one, packages.get(j))) {
                        solver.addClause(new VecInt(new int[] {-(i + 1), -(j + 1)}));
                    }
                }
            }
            return solver.isSatisfiable();
        } catch (ContradictionException e) {
            return false;
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private int[] meeting(Requirement requirement) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < packages.size(); i++) {
            if (meets(packages.get(i), requirement)) {
                numbers.add(i + 1);
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean exclude(Candidate one, Candidate other) {
        boolean rivals = one.id().name().equals(other.id().name())
                && !choices.several().contains(one.id().name());
        return !one.equals(other) && (rivals || one.conflicts().stream().anyMatch(enemy -> meets(other, enemy)));
    }

    private boolean isShutOut(Candidate one) {
        return choices.exclude().stream()
                        .anyMatch(shut ->
                                shut.constraint().toString().equals("*") ? meets(one, shut) : shut.allows(one.id()))
                || choices.pins().stream()
                        .anyMatch(pin -> pin.name().equals(one.id().name()) && !pin.allows(one.id()))
                || !choices.platform().runs(one.platform());
    }

    private static boolean meets(Candidate one, Requirement requirement) {
        for (Requirement alternative : requirement.alternatives()) {
            if (alternative.allows(one.id())) {
                return true;
            }
            for (Provided provided : one.provides()) {
                boolean any = alternative.constraint().toString().equals("*");
                if (provided.name().equals(alternative.name())
                        && (provided.version() == null
                                ? any
                                : alternative.constraint().allows(provided.version()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
