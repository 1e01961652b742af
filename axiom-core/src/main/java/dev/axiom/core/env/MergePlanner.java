package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.env.MergeStep.Action;
import dev.axiom.core.env.MergeTree.Claim;
import dev.axiom.core.env.MergeTree.Node;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks a {@link MergeTree} once from the top, decides who gets each place, and notes what to make there. */
final class MergePlanner {
    private final EnvStrategy strategy;
    private final ConflictPolicy policy;
    private final Replacing replacing;
    private final List<MergeStep> steps = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    MergePlanner(EnvStrategy strategy, ConflictPolicy policy, Replacing replacing) {
        this.strategy = strategy;
        this.policy = policy;
        this.replacing = replacing;
    }

    MergePlan plan(MergeTree tree) {
        for (Node child : tree.top().children.values()) {
            place(child, child.claims);
        }
        return new MergePlan(steps, conflicts);
    }

    /** @param all the claims of the place that did not already lose a folder above */
    private void place(Node node, List<Claim> all) {
        List<Claim> claims = all.stream().allMatch(all.get(0)::agrees) ? all : replacing.standing(all);
        Claim winner = policy == ConflictPolicy.LAST ? claims.get(claims.size() - 1) : claims.get(0);
        List<Claim> agreeing = claims.stream().filter(winner::agrees).toList();
        if (agreeing.size() < claims.size()) {
            conflicts.add(conflict(winner.entry().path(), claims));
        }
        if (!winner.isFolder()) {
            steps.add(new MergeStep(action(winner.entry()), winner.id(), winner.entry()));
        } else if (strategy == EnvStrategy.LINK && agreeing.size() == 1) {
            steps.add(new MergeStep(Action.LINK_TO_PACKAGE, winner.id(), winner.entry()));
        } else {
            steps.add(new MergeStep(Action.FOLDER, agreeing.get(0).id(), folder(agreeing)));
            enter(node, agreeing);
        }
    }

    private void enter(Node folder, List<Claim> owners) {
        Set<PackageId> inside = new HashSet<>();
        owners.forEach(owner -> inside.add(owner.id()));
        for (Node child : folder.children.values()) {
            List<Claim> claims = child.claims.stream()
                    .filter(claim -> inside.contains(claim.id()))
                    .toList();
            if (!claims.isEmpty()) {
                place(child, claims);
            }
        }
    }

    /**
     * A package's symbolic link is made again, not linked to: relative targets then lead to the merged tree, where the
     * other packages' files are too, as they would if all had been unpacked into one folder.
     */
    private Action action(TreeEntry entry) {
        if (entry.type() == TreeEntry.Type.LINK) {
            return Action.SAME_LINK;
        }
        return strategy == EnvStrategy.LINK ? Action.LINK_TO_PACKAGE : Action.COPY;
    }

    /** Only what every owner allows: merging must not open to others what one package keeps to itself. */
    private static TreeEntry folder(List<Claim> owners) {
        int mode = owners.stream().mapToInt(owner -> owner.entry().mode()).reduce(07777, (a, b) -> a & b);
        return TreeEntry.folder(owners.get(0).entry().path(), mode);
    }

    private static Conflict conflict(String path, List<Claim> claims) {
        return new Conflict(
                path,
                claims.stream()
                        .map(claim ->
                                new Conflict.Owner(claim.id(), claim.entry().type()))
                        .toList());
    }
}
