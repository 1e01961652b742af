package dev.axiom.core.profile;

import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.profile.LockGraph.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The shortest ways from what a profile asks for to each package of its lock file. An optional need is part of a way only
 * where there is none without it.
 */
final class Ways {
    /** What an optional step costs: more than any way that has none. */
    private static final long OPTIONAL = 1L << 32;

    private final Map<PackageId, Stop> best = new HashMap<>();
    private final PriorityQueue<Stop> open = new PriorityQueue<>(Comparator.comparingLong(Stop::cost));

    /** @param by how one comes here; empty for a package that the profile asks for */
    private record Stop(PackageId at, long cost, Optional<Edge> by) {}

    private Ways() {}

    /** The ways that do not lead through this package. */
    static Ways around(LockGraph graph, PackageId avoided) {
        Map<PackageId, List<Edge>> from = new HashMap<>();
        for (Edge edge : graph.edges()) {
            from.computeIfAbsent(edge.from(), any -> new ArrayList<>()).add(edge);
        }
        Ways ways = new Ways();
        for (LockedPackage one : graph.packages()) {
            if (one.requested()) {
                ways.reach(new Stop(one.id(), 0, Optional.empty()));
            }
        }
        while (!ways.open.isEmpty()) {
            Stop next = ways.open.remove();
            if (next.equals(ways.best.get(next.at())) && !next.at().equals(avoided)) {
                for (Edge edge : from.getOrDefault(next.at(), List.of())) {
                    long cost = next.cost() + cost(edge);
                    ways.reach(new Stop(edge.to(), cost, Optional.of(edge)));
                }
            }
        }
        return ways;
    }

    private static long cost(Edge step) {
        return step.optional() ? OPTIONAL : 1;
    }

    /** By what ways are compared: the lower, the better. */
    static long cost(List<Edge> way) {
        return way.stream().mapToLong(Ways::cost).sum();
    }

    private void reach(Stop stop) {
        Stop known = best.get(stop.at());
        if (known == null || stop.cost() < known.cost()) {
            best.put(stop.at(), stop);
            open.add(stop);
        }
    }

    /** The steps to a package; none if the profile asks for it, empty if there is no way. */
    Optional<List<Edge>> to(PackageId end) {
        if (!best.containsKey(end)) {
            return Optional.empty();
        }
        List<Edge> steps = new ArrayList<>();
        Optional<Edge> step = Optional.ofNullable(best.get(end)).flatMap(Stop::by);
        while (step.isPresent()) {
            steps.add(step.get());
            step = Optional.ofNullable(best.get(step.get().from())).flatMap(Stop::by);
        }
        Collections.reverse(steps);
        return Optional.of(steps);
    }
}
