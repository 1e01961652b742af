package dev.axiom.core.env;

import dev.axiom.core.model.EnvStrategy;
import java.util.List;

/**
 * How the trees of several packages become one: a pure value, made from their listings and what they replace, and the same
 * for the same packages. Printing it is the dry run.
 *
 * <p>Two packages agree on a path if it is a folder in both, or a file of the same mode and content, or a symbolic link
 * to the same target. Else a package gives way to one that replaces it, if none of them has a folder there. Whatever is
 * left and disagrees is a conflict, a file and a folder as well as two files. The packages' order is that of their names.
 * Where a policy lets one win, all that agree with the winner stay, and what the others have at this path and below is
 * left out.
 *
 * @param steps folders before what is in them
 * @param conflicts by path; those that the policy decided, or for {@link ConflictPolicy#ERROR} those that forbid it
 */
public record MergePlan(List<MergeStep> steps, List<Conflict> conflicts) {
    public MergePlan {
        steps = List.copyOf(steps);
        conflicts = List.copyOf(conflicts);
    }

    /** Merges packages, given in any order. */
    public static MergePlan of(List<Contribution> packages, EnvStrategy strategy, ConflictPolicy policy) {
        MergeTree tree = new MergeTree();
        packages.stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(each -> tree.add(each.id(), each.listing()));
        return new MergePlanner(strategy, policy, new Replacing(packages)).plan(tree);
    }
}
