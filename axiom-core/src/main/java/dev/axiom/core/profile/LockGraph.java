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
import java.util.ArrayList;
import java.util.HashSet;
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
        for (PackageId id : lock.ids()) { // and no others, one of which may be damaged
            store.find(id).ifPresent(one -> graph.stored.put(id, one));
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
     * Why the packages of a name are in the lock file, sorted by id.
     *
     * @throws AxiomException {@code NOT_FOUND} if the lock file has no such name
     */
    public List<Grounds> why(PackageName name) {
        List<Grounds> grounds = lock.packages().stream()
                .filter(one -> one.id().name().equals(name))
                .map(one -> Grounds.of(this, one))
                .toList();
        if (grounds.isEmpty()) {
            throw missing(name);
        }
        return grounds;
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
