package dev.axiom.gc;

import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoredPackage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains why a package is there: what keeps it alive and through which packages, or since when it is dead. */
public final class Why {
    private final Target target;
    private final Map<PackageId, StoredPackage> known = new HashMap<>();

    private Why(Target target) {
        this.target = target;
        target.store().list().forEach(stored -> known.put(stored.id(), stored));
    }

    /**
     * Looks. Changes nothing. Locking: none.
     *
     * @param stored the package
     * @throws dev.axiom.core.model.AxiomException {@code CORRUPT}, naming the place, if a root cannot be understood
     */
    public static Answer explain(Target target, StoredPackage stored) {
        return new Why(target).explain(stored);
    }

    /**
     * The answer.
     *
     * @param id the package
     * @param chains one for each root and lease that keeps it, roots first; each from the root (words for people) over
     *     the package that somebody asked for (ids from here on) down to this one. Empty if it is dead
     * @param lost records that hold it in the pool, though none of them lists it, if there are any such at all; sorted
     * @param deadSince when a collection first found it dead; empty if it is alive, or no collection has looked yet
     */
    public record Answer(PackageId id, List<List<String>> chains, List<RecordKey> lost, Optional<Instant> deadSince) {
        public Answer {
            lost = List.copyOf(lost);
            chains = chains.stream().map(List::copyOf).toList();
        }

        /** Whether something keeps it. */
        public boolean isLive() {
            return !chains.isEmpty();
        }
    }

    private Answer explain(StoredPackage stored) {
        List<LeaseInfo> leases = target.pool().leases();
        List<Root> all = target.records().roots();
        List<Root> roots = all.stream()
                .filter(root -> root.packages().contains(stored.id()))
                .sorted(Comparator.comparing(Root::key))
                .toList();
        List<List<String>> chains = new ArrayList<>();
        for (Root root : roots) {
            chains.add(chain(root, stored.id()));
        }
        for (LeaseInfo lease : leases) {
            if (lease.datasets().contains(stored.dataset())) {
                chains.add(List.of(Leases.describe(lease), stored.id().toString()));
            }
        }
        return new Answer(
                stored.id(),
                chains,
                lost(all, stored.dataset()),
                chains.isEmpty() ? stored.deadSince().map(this::byTheClock) : Optional.empty());
    }

    private List<RecordKey> lost(List<Root> roots, DatasetName dataset) {
        Map<DatasetName, Set<HoldTag>> lost = LostHolds.in(target.pool(), roots).of(List.of(dataset));
        return lost.getOrDefault(dataset, Set.of()).stream()
                .map(RecordKey::of)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private Instant byTheClock(Instant counted) {
        return TimeKeeping.byTheClock(target.layout(), counted);
    }

    private List<String> chain(Root root, PackageId goal) {
        List<String> chain = new ArrayList<>();
        chain.add(name(root));
        Closure closure = new Closure(root.packages(), known);
        for (PackageId id : closure.path(requested(root), goal)) {
            chain.add(id.toString());
        }
        return chain;
    }

    private static String name(Root root) {
        return switch (root.state()) {
            case READY -> root.key().toString();
            case PREPARING -> root.key() + " (being made)";
            case REMOVING -> root.key() + " (being removed)";
        };
    }

    /** What somebody asked for by name; empty if that is not known, because the lock file is gone. */
    private Set<PackageId> requested(Root root) {
        RecordKey key = root.key();
        if (key.kind() == RecordKind.PIN) {
            return Set.copyOf(root.packages());
        }
        Optional<RecordKey> profile =
                key.kind() == RecordKind.ENV ? target.records().env(key).map(Why::origin) : Optional.of(key);
        Set<PackageId> starts =
                profile.flatMap(target.records()::lockFile).map(Why::requested).orElse(Set.of());
        // The lock file may be a later one of that number, of a profile that was deleted and made again.
        return starts.stream().filter(root.packages()::contains).collect(Collectors.toSet());
    }

    private static RecordKey origin(EnvRecord env) {
        return new RecordKey(RecordKind.PROFILE, env.profile().value(), env.profileGeneration());
    }

    private static Set<PackageId> requested(LockFile lock) {
        return lock.packages().stream()
                .filter(LockedPackage::requested)
                .map(LockedPackage::id)
                .collect(Collectors.toSet());
    }
}
