package dev.axiom.core.profile;

import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a package is in a lock file.
 *
 * @param requested whether the profile asks for it
 * @param dependents every need that it meets, those that the profile reaches in the fewest steps first
 */
public record Grounds(PackageId id, boolean requested, List<Dependent> dependents) {
    private static final Comparator<Dependent> ORDER = Comparator.comparingLong(Dependent::cost)
            .thenComparing(dependent -> dependent.edge().from())
            .thenComparing(dependent -> dependent.edge().requirement());

    /** Takes a copy of the list. */
    public Grounds {
        dependents = List.copyOf(dependents);
    }

    /**
     * Another package that needs it.
     *
     * @param edge the need
     * @param before the steps from a package that the profile asks for to the one that needs: none if the profile asks
     *     for that one. Empty if only the package in question leads to it
     */
    public record Dependent(LockGraph.Edge edge, Optional<List<LockGraph.Edge>> before) {
        /** The steps from a package that the profile asks for to the one in question; none if there is no way. */
        public List<LockGraph.Edge> way() {
            List<LockGraph.Edge> way = new ArrayList<>();
            before.ifPresent(steps -> {
                way.addAll(steps);
                way.add(edge);
            });
            return way;
        }

        private long cost() {
            return before.isEmpty() ? Long.MAX_VALUE : Ways.cost(way());
        }
    }

    static Grounds of(LockGraph graph, LockedPackage locked) {
        Ways ways = Ways.around(graph, locked.id());
        List<Dependent> dependents = graph.edges().stream()
                .filter(edge -> edge.to().equals(locked.id()))
                .map(edge -> new Dependent(edge, ways.to(edge.from())))
                .sorted(ORDER)
                .toList();
        return new Grounds(locked.id(), locked.requested(), dependents);
    }

    /** The shortest way from a package that the profile asks for; no steps if it asks for this one, or nothing leads here. */
    public List<LockGraph.Edge> because() {
        return requested || dependents.isEmpty() ? List.of() : dependents.get(0).way();
    }
}
