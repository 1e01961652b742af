package dev.axiom.core.resolve;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries for a solution with fewer changes than the first one, which keeps packages in the order of their names: each that
 * was replaced by another of its name is favoured in turn, and what comes out with fewer changes is where to go on. So many
 * trials and steps at most. That the number in the end is the least is not proved.
 */
final class FewerChanges {
    private static final int MOST = 32;

    private final PackageIndex index;
    private final List<Requirement> requirements;
    private final ResolvePolicy policy;
    private final Budget budget;

    FewerChanges(PackageIndex index, List<Requirement> requirements, ResolvePolicy policy, Budget budget) {
        this.index = index;
        this.requirements = requirements;
        this.policy = policy;
        this.budget = budget;
    }

    /** The solution with the fewest changes that was found; the given one if it is none of less. */
    Resolution than(Resolution first) {
        Resolution best = first;
        Set<PackageName> favoured = new HashSet<>();
        Deque<PackageName> open = new ArrayDeque<>(replaced(first));
        for (int i = 0; i < MOST && !open.isEmpty(); i++) {
            Set<PackageName> more = new HashSet<>(favoured);
            more.add(open.remove());
            Resolution other = favouring(more);
            if (other != null && changes(other) < changes(best)) {
                best = other;
                favoured = more;
                open = new ArrayDeque<>(replaced(best));
                open.removeAll(favoured);
            }
        }
        return best;
    }

    /** The solution that keeps these before others; null if none was found in time. */
    private @Nullable Resolution favouring(Set<PackageName> names) {
        try {
            return new Search(new Catalog(index, policy), requirements, budget, names).run();
        } catch (AxiomException e) {
            return null; // out of steps, or it does not say which of two version schemes: the first solution is good
        }
    }

    /** Locked packages that have made way for another of their name, by name. One that only went may not be needed. */
    private List<PackageName> replaced(Resolution solution) {
        Set<PackageId> chosen = ids(solution);
        Set<PackageName> names = chosen.stream().map(PackageId::name).collect(Collectors.toSet());
        return policy.locked().stream()
                .filter(id -> !chosen.contains(id) && names.contains(id.name()))
                .map(PackageId::name)
                .sorted()
                .distinct()
                .toList();
    }

    /** How many locked packages are not chosen, and how many are of names that none was locked of. */
    private long changes(Resolution solution) {
        Set<PackageId> chosen = ids(solution);
        Set<PackageName> had = policy.locked().stream().map(PackageId::name).collect(Collectors.toSet());
        return policy.locked().stream().filter(id -> !chosen.contains(id)).count()
                + chosen.stream().filter(id -> !had.contains(id.name())).count();
    }

    private static Set<PackageId> ids(Resolution solution) {
        return solution.packages().stream().map(LockedPackage::id).collect(Collectors.toSet());
    }
}
