package dev.axiom.core.pool;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.pool.Destruction.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A pool in memory whose every choice comes from one seed: the order of listings, the ids of leases, and datasets that
 * are busy for no reason, as ZFS says at random. Only contents and state files are on disk, in a scratch folder. One
 * monitor orders all calls.
 */
public final class SimulatedPool implements Pool {
    private final Path scratch;
    private final Random random;
    private final Clock clock;
    private final double busyRate;
    private Set<Guard> missing = Set.of();
    private final Map<DatasetName, Sealed> datasets = new TreeMap<>();
    private final Map<String, SimulatedLease> leases = new TreeMap<>();
    private final Set<SimulatedStaging> unpublished = new HashSet<>();

    /** What keeps the protocol's promises; a test takes one away to see that its absence is noticed. */
    public enum Guard {
        /** Destroying looks at holds. */
        DESTROY_ASKS_FOR_HOLDS,
        /** Destroying looks whether dead-since is still the one that the plan knew. */
        DESTROY_COMPARES_DEAD_SINCE,
        /** A hold clears dead-since. */
        HOLD_CLEARS_DEAD_SINCE,
        /** Several holds are taken all or not at all. */
        HOLD_IS_ALL_OR_NOTHING,
        /** What is held is not marked dead. */
        MARK_ASKS_FOR_HOLDS,
        /** What is published stays held by its maker's lease. */
        PUBLISH_HOLDS,
        /** A name that is taken is not published a second time. */
        PUBLISH_NEVER_REPLACES,
        /** Opening a dataset protects it. */
        OPEN_PROTECTS,
        /** Recovery spares the staging of leases that live. */
        RECOVERY_SPARES_LIVING_STAGING,
        /** Recovery spares the holds of leases that live. */
        RECOVERY_SPARES_LIVING_HOLDS,
        /** The holds of dead leases count no more. */
        HOLDS_DIE_WITH_THEIR_LEASE,
        /** Those who ask which leases live are told of all of them. */
        LEASES_ARE_SEEN
    }

    /** Goes on without these guards. */
    public void without(Set<Guard> guards) {
        missing = Set.copyOf(guards);
    }

    /** Gives a published dataset other properties, as no real pool does. */
    public synchronized void seal(DatasetName name, Map<String, String> properties) {
        datasets.put(name, entry(name).with(properties));
    }

    /** What a pool knew at some time; its files are not in it. */
    public static final class Image {
        private final Map<DatasetName, Sealed> datasets;

        private Image(Map<DatasetName, Sealed> datasets) {
            this.datasets = datasets;
        }
    }

    /** What it knows now. @throws IllegalStateException if there are leases or stagings */
    public synchronized Image image() {
        if (!leases.isEmpty() || !unpublished.isEmpty()) {
            throw new IllegalStateException("somebody is at work: " + leases.keySet());
        }
        return new Image(copy(datasets));
    }

    /** Knows what another pool in the same folder knew. */
    public synchronized void become(Image image) {
        datasets.putAll(copy(image.datasets));
    }

    private static Map<DatasetName, Sealed> copy(Map<DatasetName, Sealed> datasets) {
        Map<DatasetName, Sealed> copies = new TreeMap<>();
        datasets.forEach((name, entry) -> copies.put(name, entry.with(entry.properties)));
        return copies;
    }

    private boolean has(Guard guard) {
        return !missing.contains(guard);
    }

    /** A sealed dataset; its tags may be those of dead leases. */
    private static final class Sealed {
        private final Map<String, String> properties;
        private final long bytes;
        private final Set<HoldTag> tags = new TreeSet<>();
        private Optional<Instant> deadSince = Optional.empty();

        Sealed(Map<String, String> properties, long bytes) {
            this.properties = Map.copyOf(properties);
            this.bytes = bytes;
        }

        Sealed with(Map<String, String> others) {
            Sealed copy = new Sealed(others, bytes);
            copy.tags.addAll(tags);
            copy.deadSince = deadSince;
            return copy;
        }
    }

    /** A pool that is never busy without a reason, on the system's clock. */
    public SimulatedPool(Path scratch, long seed) {
        this(scratch, seed, Clock.systemUTC(), 0);
    }

    /**
     * @param scratch an empty folder
     * @param seed same seed and same calls, same pool
     * @param clock tells since when leases live
     * @param busyRate how often, from 0 to 1, a dataset that could be destroyed is said to be busy
     */
    public SimulatedPool(Path scratch, long seed, Clock clock, double busyRate) {
        this.scratch = scratch;
        this.random = new Random(seed);
        this.clock = clock;
        this.busyRate = busyRate;
        onDisk(() -> Files.createDirectories(scratch.resolve("state")));
        onDisk(() -> Files.createDirectories(scratch.resolve("staging")));
    }

    private interface DiskWork {
        Object run() throws IOException;
    }

    private static void onDisk(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw AxiomException.io("use the scratch folder of a simulated pool", e);
        }
    }

    private Path folder(DatasetName name) {
        return scratch.resolve(name.value());
    }

    @Override
    public String location() {
        return "sim:" + scratch;
    }

    @Override
    public Path state() {
        return scratch.resolve("state");
    }

    @Override
    public synchronized Lease lease(String purpose) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Owner owner = new Owner(ProcessHandle.current().pid(), clock.instant(), purpose.replaceAll("\\p{Cntrl}", " "));
        SimulatedLease lease = new SimulatedLease(id, owner);
        leases.put(id, lease);
        return lease;
    }

    @Override
    public synchronized List<LeaseInfo> leases() {
        if (!has(Guard.LEASES_ARE_SEEN)) {
            return List.of();
        }
        return shuffled(leases.values().stream()
                .map(lease -> new LeaseInfo(lease.id, Optional.of(lease.owner), heldBy(lease.tag())))
                .toList());
    }

    private Set<DatasetName> heldBy(HoldTag tag) {
        return datasets.keySet().stream()
                .filter(name -> entry(name).tags.contains(tag))
                .collect(Collectors.toSet());
    }

    private <T> List<T> shuffled(Collection<T> items) {
        List<T> list = new ArrayList<>(items);
        Collections.shuffle(list, random);
        return list;
    }

    @Override
    public synchronized List<Dataset> list(DatasetName parent, Consumer<AxiomException> trouble) {
        return shuffled(datasets.keySet().stream()
                .filter(name -> isParent(parent, name))
                .map(this::dataset)
                .toList());
    }

    private static boolean isParent(DatasetName parent, DatasetName name) {
        return name.value().equals(parent.value() + "/" + name.leaf());
    }

    private Dataset dataset(DatasetName name) {
        Sealed entry = entry(name);
        return new Dataset(name, entry.properties, entry.deadSince, entry.bytes);
    }

    private Sealed entry(DatasetName name) {
        Sealed entry = datasets.get(name);
        if (entry == null) {
            throw new DatasetMissingException(List.of(name));
        }
        return entry;
    }

    @Override
    public synchronized List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble) {
        String prefix = parent.value() + "/";
        return shuffled(datasets.keySet().stream()
                .filter(name -> name.value().startsWith(prefix) && !isParent(parent, name))
                .map(name -> name.value().substring(prefix.length()))
                .map(rest -> parent.child(rest.substring(0, rest.indexOf('/'))))
                .collect(Collectors.toSet()));
    }

    @Override
    public synchronized Optional<Dataset> find(DatasetName name) {
        return datasets.containsKey(name) ? Optional.of(dataset(name)) : Optional.empty();
    }

    @Override
    public synchronized void hold(HoldTag tag, Collection<DatasetName> names) {
        List<DatasetName> absent = names.stream()
                .filter(name -> !datasets.containsKey(name))
                .distinct()
                .toList();
        if (!absent.isEmpty() && (tag.isLease() || has(Guard.HOLD_IS_ALL_OR_NOTHING))) {
            throw new DatasetMissingException(absent);
        }
        for (Sealed entry : present(names)) {
            entry.tags.add(tag);
            if (has(Guard.HOLD_CLEARS_DEAD_SINCE)) {
                entry.deadSince = Optional.empty();
            }
        }
    }

    private List<Sealed> present(Collection<DatasetName> names) {
        return names.stream().filter(datasets::containsKey).map(this::entry).toList();
    }

    @Override
    public synchronized void release(HoldTag tag, Collection<DatasetName> names) {
        present(names).forEach(entry -> entry.tags.remove(tag));
    }

    @Override
    public synchronized Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names) {
        Map<DatasetName, Set<HoldTag>> holds = new TreeMap<>();
        for (DatasetName name : names) {
            if (datasets.containsKey(name) && !living(entry(name)).isEmpty()) {
                holds.put(name, living(entry(name)));
            }
        }
        return holds;
    }

    private Set<HoldTag> living(Sealed entry) {
        return entry.tags.stream()
                .filter(tag ->
                        !tag.isLease() || leases.containsKey(tag.leaseId()) || !has(Guard.HOLDS_DIE_WITH_THEIR_LEASE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public synchronized void markDead(Collection<DatasetName> names, Instant since) {
        present(names).stream()
                .filter(entry -> living(entry).isEmpty() || !has(Guard.MARK_ASKS_FOR_HOLDS))
                .forEach(entry -> entry.deadSince = Optional.of(since));
    }

    @Override
    public synchronized void clearDead(Collection<DatasetName> names) {
        present(names).forEach(entry -> entry.deadSince = Optional.empty());
    }

    @Override
    public synchronized List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch) {
        return batch.stream().map(this::destroy).toList();
    }

    private Destruction destroy(Condemned condemned) {
        DatasetName name = condemned.name();
        if (!datasets.containsKey(name)) {
            return Destruction.kept(name, Outcome.MISSING, "it does not exist");
        }
        Sealed entry = entry(name);
        if (!living(entry).isEmpty() && has(Guard.DESTROY_ASKS_FOR_HOLDS)) {
            return Destruction.held(name, living(entry));
        }
        if (!entry.deadSince.equals(condemned.deadSince()) && has(Guard.DESTROY_COMPARES_DEAD_SINCE)) {
            return Destruction.kept(name, Outcome.REVIVED, "it was used since the plan was made");
        }
        if (random.nextDouble() < busyRate) {
            return Destruction.kept(name, Outcome.BUSY, "busy by chance");
        }
        onDisk(() -> {
            TreeRemoval.delete(folder(name));
            return name;
        });
        datasets.remove(name);
        return Destruction.destroyed(name, entry.bytes);
    }

    @Override
    public synchronized void recover(Consumer<AxiomException> trouble) {
        List.copyOf(unpublished).stream()
                .filter(staging -> !leases.containsKey(staging.lease.id) || !has(Guard.RECOVERY_SPARES_LIVING_STAGING))
                .forEach(SimulatedStaging::close);
        datasets.values().forEach(entry -> entry.tags.retainAll(living(entry)));
        if (!has(Guard.RECOVERY_SPARES_LIVING_HOLDS)) {
            datasets.values().forEach(entry -> entry.tags.removeIf(HoldTag::isLease));
        }
    }

    @Override
    public void sync() {
        // memory is as durable as this pool gets
    }

    @Override
    public void close() {
        // stays as it is for whoever "opens" it again
    }

    /** A lease of this pool. */
    final class SimulatedLease implements Lease {
        private final String id;
        private final Owner owner;
        private int staged;

        SimulatedLease(String id, Owner owner) {
            this.id = id;
            this.owner = owner;
        }

        private HoldTag tag() {
            return HoldTag.ofLease(id);
        }

        /** Ends as with its process: nothing is cleaned up, but it counts no more. */
        void die() {
            synchronized (SimulatedPool.this) {
                leases.remove(id);
            }
        }

        private void checkAlive() {
            if (!isAlive()) {
                throw new AxiomException(ErrorCode.INTERNAL, "the lease " + id + " is closed");
            }
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void protect(Collection<DatasetName> names) {
            synchronized (SimulatedPool.this) {
                checkAlive();
                hold(tag(), names);
            }
        }

        @Override
        public Path open(DatasetName name) {
            if (has(Guard.OPEN_PROTECTS)) {
                protect(List.of(name));
            } else {
                entry(name);
            }
            return folder(name);
        }

        @Override
        public Path look(DatasetName name) {
            synchronized (SimulatedPool.this) {
                Optional<Instant> since =
                        Optional.ofNullable(datasets.get(name)).flatMap(entry -> entry.deadSince);
                Path folder = open(name);
                entry(name).deadSince = since;
                return folder;
            }
        }

        @Override
        public Staging stage() {
            synchronized (SimulatedPool.this) {
                checkAlive();
                SimulatedStaging staging =
                        new SimulatedStaging(this, new DatasetName("staging/" + id + "-" + ++staged));
                onDisk(() -> Files.createDirectory(folder(staging.name)));
                unpublished.add(staging);
                return staging;
            }
        }

        @Override
        public boolean isAlive() {
            synchronized (SimulatedPool.this) {
                return leases.containsKey(id);
            }
        }

        @Override
        public void inherit() {
            checkAlive();
        }

        @Override
        public void close() {
            synchronized (SimulatedPool.this) {
                if (leases.remove(id) != null) {
                    release(tag(), datasets.keySet());
                }
            }
        }
    }

    /** A dataset in the making. */
    private final class SimulatedStaging implements Staging {
        private final SimulatedLease lease;
        private final DatasetName name;
        private Optional<Sealed> seal = Optional.empty();

        SimulatedStaging(SimulatedLease lease, DatasetName name) {
            this.lease = lease;
            this.name = name;
        }

        @Override
        public DatasetName name() {
            return name;
        }

        @Override
        public Path path() {
            return folder(name);
        }

        @Override
        public void seal(Map<String, String> properties, long bytes) {
            synchronized (SimulatedPool.this) {
                check(seal.isEmpty());
                SealProperties.check(properties);
                seal = Optional.of(new Sealed(properties, bytes));
            }
        }

        private void check(boolean allowed) {
            lease.checkAlive();
            if (!allowed || !unpublished.contains(this)) {
                throw new AxiomException(ErrorCode.INTERNAL, "the staging " + name + " is not ready for this");
            }
        }

        @Override
        public void publish(DatasetName target) {
            synchronized (SimulatedPool.this) {
                check(seal.isPresent());
                if (datasets.containsKey(target) && has(Guard.PUBLISH_NEVER_REPLACES)) {
                    throw new DatasetExistsException(target);
                }
                onDisk(() -> {
                    Files.createDirectories(
                            Objects.requireNonNull(folder(target).getParent()));
                    if (datasets.containsKey(target)) {
                        TreeRemoval.delete(folder(target));
                    }
                    return Files.move(folder(name), folder(target));
                });
                if (has(Guard.PUBLISH_HOLDS)) {
                    seal.orElseThrow().tags.add(lease.tag());
                }
                datasets.put(target, seal.orElseThrow());
                unpublished.remove(this);
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedPool.this) {
                if (unpublished.remove(this)) {
                    onDisk(() -> {
                        TreeRemoval.delete(folder(name));
                        return name;
                    });
                }
            }
        }
    }
}
