package dev.axiom.gc;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.store.StoredPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The packages that one root lists, with who needs whom among them. For explanations only; marking follows no edge. */
final class Closure {
    private final List<PackageId> packages;
    private final Map<PackageId, StoredPackage> known;

    Closure(Collection<PackageId> packages, Map<PackageId, StoredPackage> known) {
        this.packages = packages.stream().sorted().toList();
        this.known = known;
    }

    /**
     * The shortest way from a package that was asked for to {@code goal}, both included; just the goal if none is known.
     *
     * @param starts what was asked for; if empty, what nothing else in the closure needs
     */
    List<PackageId> path(Set<PackageId> starts, PackageId goal) {
        Map<PackageId, PackageId> from = new HashMap<>();
        Deque<PackageId> queue = new ArrayDeque<>();
        for (PackageId start :
                starts.isEmpty() ? tops() : starts.stream().sorted().toList()) {
            from.put(start, start);
            queue.add(start);
        }
        while (!queue.isEmpty() && !from.containsKey(goal)) {
            PackageId at = queue.remove();
            for (PackageId next : needs(at)) {
                if (from.putIfAbsent(next, at) == null) {
                    queue.add(next);
                }
            }
        }
        return walkBack(from, goal);
    }

    private static List<PackageId> walkBack(Map<PackageId, PackageId> from, PackageId goal) {
        List<PackageId> path = new ArrayList<>(List.of(goal));
        PackageId at = goal;
        while (!from.getOrDefault(at, at).equals(at)) {
            at = from.getOrDefault(at, at);
            path.add(at);
        }
        Collections.reverse(path);
        return path;
    }

    private List<PackageId> tops() {
        Set<PackageId> needed = new HashSet<>();
        for (PackageId id : packages) {
            needs(id).stream().filter(other -> !other.equals(id)).forEach(needed::add);
        }
        return packages.stream().filter(id -> !needed.contains(id)).toList();
    }

    /** What a package needs, as far as it is in the closure and still known. */
    private List<PackageId> needs(PackageId id) {
        StoredPackage stored = known.get(id);
        if (stored == null) {
            return List.of();
        }
        List<Requirement> requirements = stored.dependencies();
        return packages.stream()
                .filter(other -> requirements.stream().anyMatch(need -> serves(other, need)))
                .toList();
    }

    private boolean serves(PackageId id, Requirement need) {
        if (id.name().equals(need.name())) {
            return true; // the only one of its name in a lock file, so its version does fit
        }
        StoredPackage stored = known.get(id);
        return stored != null && stored.provides().stream().map(Provided::name).anyMatch(need.name()::equals);
    }
}
