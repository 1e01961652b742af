package dev.axiom.core.profile;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.NearNames;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.store.Offers;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.StoredPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who needs whom among the packages of a lock file. */
public final class LockGraph {
    private final LockFile lock;
    private final Map<PackageId, StoredPackage> stored = new TreeMap<>();
    private final List<Edge> edges = new ArrayList<>();

    /**
     * One package needs another.
     *
     * @param requirement in the words of the one that needs
     * @param optional whether it can do without; a need beside which there is a real one is left out
     */
    public record Edge(PackageId from, Requirement requirement, PackageId to, boolean optional) {}

    private LockGraph(LockFile lock) {
        this.lock = lock;
    }

    /**
     * Reads what the lock file's packages say of each other.
     *
     * @throws AxiomException {@code CORRUPT} if one of them is not in the store
     */
    public static LockGraph of(LockFile lock, PackageStore store) {
        LockGraph graph = new LockGraph(lock);
        Set<PackageId> locked = new HashSet<>(lock.ids());
        for (StoredPackage one : store.list()) {
            if (locked.contains(one.id())) {
                graph.stored.put(one.id(), one);
            }
        }
        graph.connect();
        return graph;
    }

    private void connect() {
        for (PackageId id : lock.ids()) {
            if (!stored.containsKey(id)) {
                throw new AxiomException(
                        ErrorCode.CORRUPT, "the lock file has " + id + ", which does not exist", "axiom status", null);
            }
        }
        Offers offers = new Offers(stored.values());
        stored.forEach((from, one) -> {
            Set<PackageId> needed = new HashSet<>(Set.of(from)); // nobody needs another for what it offers itself
            connect(from, one.dependencies(), offers, needed, false);
            connect(from, one.optional(), offers, needed, true);
        });
    }

    private void connect(
            PackageId from, List<Requirement> needs, Offers offers, Set<PackageId> known, boolean optional) {
        Set<PackageId> met = new HashSet<>();
        for (Requirement requirement : needs) {
            for (PackageId to : offers.meeting(requirement)) {
                if (!known.contains(to)) {
                    edges.add(new Edge(from, requirement, to, optional));
                    met.add(to);
                }
            }
        }
        known.addAll(met);
    }

    /** The lock file's packages. */
    public List<LockedPackage> packages() {
        return lock.packages();
    }

    /** Every need that a chosen package meets, optional ones too; where several meet it, one edge for each. */
    public List<Edge> edges() {
        return List.copyOf(edges);
    }

    /**
     * The shortest way from a package that the profile asks for to each package of a name; empty edges where the profile
     * asks for it itself.
     *
     * @throws AxiomException {@code NOT_FOUND} if the lock file has no such name
     */
    public Map<PackageId, List<Edge>> why(PackageName name) {
        Map<PackageId, List<Edge>> ways = new LinkedHashMap<>();
        Deque<PackageId> open = new ArrayDeque<>();
        for (LockedPackage one : lock.packages()) {
            if (one.requested()) {
                ways.put(one.id(), List.of());
                open.add(one.id());
            }
        }
        Map<PackageId, List<Edge>> from = new HashMap<>();
        edges.forEach(edge ->
                from.computeIfAbsent(edge.from(), any -> new ArrayList<>()).add(edge));
        while (!open.isEmpty()) {
            PackageId next = open.remove();
            for (Edge edge : from.getOrDefault(next, List.of())) {
                if (!ways.containsKey(edge.to())) {
                    List<Edge> way = new ArrayList<>(ways.getOrDefault(next, List.of()));
                    way.add(edge);
                    ways.put(edge.to(), List.copyOf(way));
                    open.add(edge.to());
                }
            }
        }
        ways.keySet().removeIf(id -> !id.name().equals(name));
        if (ways.isEmpty()) {
            throw missing(name);
        }
        return ways;
    }

    private AxiomException missing(PackageName name) {
        List<String> known = lock.ids().stream().map(id -> id.name().value()).toList();
        List<String> near = NearNames.of(name.value(), known);
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "profile '" + lock.profile() + "' has no package " + name,
                near.isEmpty()
                        ? "axiom profile show " + lock.profile()
                        : "did you mean " + String.join(" or ", near) + "?",
                null);
    }
}
