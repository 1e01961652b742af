package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A pool in an ordinary folder: a dataset is a folder, publishing is a rename, a seal is a file, a hold is an empty
 * file (or a line in a lease's), and one lock file makes "held?" and "destroy" one step: holders share it, a destroyer takes it alone for the
 * renames of one batch.
 */
public final class DirectoryPool implements Pool {
    static final DatasetName STAGING = new DatasetName("staging");
    static final DatasetName TRASH = new DatasetName("trash");

    /** Lists shorter than this are read by one thread; starting others costs more than it saves. */
    private static final int WORTH_THREADS = 256;

    /** So many datasets are looked at, and renamed or marked, before the pool's lock is given back: a millisecond or two. */
    static final int AT_ONCE = 32;

    private final Path root;
    private final PoolLock lock;
    private final LeaseFiles leases;
    private final Reserve reserve;
    private final SyncGroup syncs;
    private final Lock sweepTurn = new ReentrantLock(true);
    private final AtomicLong trashed = new AtomicLong();
    private final Consumer<PausePoint> pauses;

    /** For tests that want to see or break the syncs, or meet locks that are never given back. */
    DirectoryPool(Path root, SyncGroup syncs, Consumer<PausePoint> pauses, Duration lockTimeout) {
        this.root = root;
        this.pauses = pauses;
        this.lock = new PoolLock(root, lockTimeout);
        this.reserve = new Reserve(root.resolve(DirectoryPoolSetup.RESERVE));
        this.leases = new LeaseFiles(root.resolve(DirectoryPoolSetup.LEASES));
        this.syncs = syncs;
    }

    /** Whether there is a pool in this folder; it may still be one that cannot be opened. */
    public static boolean exists(Path root) {
        return DirectoryPoolSetup.isThere(root);
    }

    /**
     * Opens a pool that exists.
     *
     * @param root its folder
     * @throws AxiomException {@code UNAVAILABLE} if there is none, or it was made by a newer Axiom
     */
    public static DirectoryPool open(Path root) {
        return open(root, point -> {});
    }

    /** As {@link #open(Path)}, for tests that stop or kill a process between two steps. */
    static DirectoryPool open(Path root, Consumer<PausePoint> pauses) {
        Path absolute = root.toAbsolutePath().normalize();
        DirectoryPoolSetup.check(absolute);
        return new DirectoryPool(absolute, new SyncGroup(absolute), pauses, PoolLock.TIMEOUT);
    }

    /**
     * Opens a pool, making it first if there is nothing yet; any number of processes may do so at once.
     *
     * @throws AxiomException {@code UNAVAILABLE} if the folder holds something else, cannot be made, or its file system
     *     lacks something that a pool needs; the reason is named
     */
    public static DirectoryPool create(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        DirectoryPoolSetup.run(absolute);
        return open(absolute);
    }

    @Override
    public String location() {
        return "dir:" + root;
    }

    @Override
    public Path state() {
        return root.resolve("state");
    }

    DatasetFolder folder(DatasetName name) {
        return new DatasetFolder(name, root.resolve(name.value()));
    }

    @Override
    public Lease lease(String purpose) {
        return lease(purpose, Optional.empty());
    }

    @Override
    public Lease leaseInNeed(String purpose) {
        return lease(purpose, Optional.of(reserve));
    }

    private Lease lease(String purpose, Optional<Reserve> spare) {
        try {
            syncs.open();
            DirectoryLease lease = new DirectoryLease(this, leases.create(purpose, spare));
            pause(PausePoint.LEASED);
            return lease;
        } catch (IOException e) {
            throw AxiomException.io("take a lease in " + root, e);
        }
    }

    /** Locking: none, for who may not write cannot lock either. */
    @Override
    public <T> T glance(DatasetName name, Function<Path, T> reading) {
        DatasetFolder folder = folder(name);
        try {
            Optional<DatasetFolder.Identity> before = folder.identity();
            if (before.isEmpty()) {
                throw new DatasetMissingException(List.of(name));
            }
            T result;
            try {
                result = reading.apply(folder.path());
            } catch (RuntimeException e) {
                if (!folder.identity().equals(before)) {
                    throw DatasetMissingException.meanwhile(name, e);
                }
                throw e;
            }
            if (!folder.identity().equals(before)) {
                throw DatasetMissingException.meanwhile(name, null);
            }
            return result;
        } catch (IOException e) {
            throw AxiomException.io("look at " + folder.path(), e);
        }
    }

    @Override
    public Optional<Path> folderAtRest(DatasetName name) {
        return Optional.of(folder(name).path());
    }

    @Override
    public List<LeaseInfo> leases() {
        try {
            return leases.living();
        } catch (IOException e) {
            throw AxiomException.io("list the leases of " + root, e);
        }
    }

    @Override
    public List<Dataset> list(DatasetName parent, Consumer<AxiomException> trouble) {
        List<String> names = children(parent);
        Stream<String> stream = names.size() < WORTH_THREADS ? names.stream() : names.parallelStream();
        return Damage.passingOver(stream, name -> folder(child(parent, name)).read(), trouble);
    }

    @Override
    public List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble) {
        return Damage.passingOver(children(parent).stream(), name -> Optional.of(child(parent, name)), trouble);
    }

    List<String> children(DatasetName parent) {
        try {
            requireNoLink(folder(parent).path());
            return Listings.namesIfAny(folder(parent).path());
        } catch (IOException e) {
            throw AxiomException.io("list " + folder(parent).path(), e);
        }
    }

    /**
     * A dataset that is reached through a link would have two names, and what holds it by the one (a lease does) would not
     * by the other.
     *
     * @param folder the folder of datasets, or of a dataset
     * @throws AxiomException {@code CORRUPT} if it is a link, or in one, inside the pool
     */
    void requireNoLink(Path folder) {
        for (Path each = folder; each != null && !each.equals(root); each = each.getParent()) {
            if (Files.isSymbolicLink(each)) {
                throw new AxiomException(
                        ErrorCode.CORRUPT,
                        each + " is a link; a pool's own folders never are",
                        "nothing was removed; put back the folder that was there",
                        null);
            }
        }
    }

    private DatasetName child(DatasetName parent, String name) {
        if (!DatasetName.isComponent(name)) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    "'" + name + "' in " + folder(parent).path() + " is none of Axiom's files",
                    "move it out of the pool",
                    null);
        }
        return parent.child(name);
    }

    @Override
    public Optional<Dataset> find(DatasetName name) {
        return folder(name).read();
    }

    /** Looks at all first, for none can go while the lock is shared. Locking: shared. */
    @Override
    public void hold(HoldTag tag, Collection<DatasetName> names) {
        Deque<DatasetFolder> added = new ArrayDeque<>();
        try (FileLock lock = lock(false)) {
            requireSealed(names);
            for (DatasetName name : names) {
                addHold(folder(name), tag, added);
                pause(PausePoint.HOLDING);
            }
        } catch (IOException e) {
            takeBack(tag, added, e);
            throw AxiomException.io("hold datasets of " + root, e);
        }
        sync();
    }

    /** Locking: shared; what is there stays there as long as it is held. */
    void requireSealed(Collection<DatasetName> names) throws IOException {
        Set<DatasetName> missing = new TreeSet<>();
        for (DatasetName name : names) {
            if (!folder(name).isSealed()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new DatasetMissingException(missing);
        }
    }

    private static void addHold(DatasetFolder folder, HoldTag tag, Deque<DatasetFolder> added) throws IOException {
        folder.clearDead(); // first: a hold that a crash leaves alone must not sit on an old date
        if (folder.addHold(tag)) {
            added.push(folder);
        }
    }

    private static void takeBack(HoldTag tag, Deque<DatasetFolder> added, IOException cause) {
        for (DatasetFolder folder : added) {
            try {
                folder.removeHold(tag);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void release(HoldTag tag, Collection<DatasetName> names) {
        try {
            for (DatasetName name : names) {
                folder(name).removeHold(tag);
                pause(PausePoint.RELEASING);
            }
        } catch (IOException e) {
            throw AxiomException.io("release datasets of " + root, e);
        }
        sync();
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names) {
        Map<DatasetName, Set<HoldTag>> result = new TreeMap<>();
        try {
            LivingHolds living = new LivingHolds(leases);
            for (DatasetName name : names) {
                Set<HoldTag> tags = living.of(folder(name));
                if (!tags.isEmpty()) {
                    result.put(name, tags);
                }
            }
            return result;
        } catch (IOException e) {
            throw AxiomException.io("read the holds of " + root, e);
        }
    }

    @Override
    public void markDead(Collection<DatasetName> names, Instant since) {
        List<DatasetName> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            markSome(all.subList(from, Math.min(from + AT_ONCE, all.size())), since);
        }
        sync();
    }

    private void markSome(List<DatasetName> names, Instant since) {
        try (FileLock lock = lock(true)) {
            LivingHolds living = new LivingHolds(leases);
            for (DatasetName name : names) {
                DatasetFolder folder = folder(name);
                if (folder.isSealed() && living.of(folder).isEmpty()) {
                    folder.markDead(since);
                    pause(PausePoint.MARKING);
                }
            }
        } catch (IOException e) {
            throw AxiomException.io("mark dead packages in " + root, e);
        }
    }

    @Override
    public void clearDead(Collection<DatasetName> names) {
        try {
            for (DatasetName name : names) {
                folder(name).clearDead();
            }
        } catch (IOException e) {
            throw AxiomException.io("unmark packages in " + root, e);
        }
        sync();
    }

    @Override
    public List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch) {
        return takeUnheld(owner, batch).erase();
    }

    @Override
    public Taken takeUnheld(Lease owner, List<Condemned> batch) {
        DirectorySweep sweep = new DirectorySweep(this, owner);
        sweep.take(batch);
        return sweep;
    }

    LeaseFiles leaseFiles() {
        return leases;
    }

    /** Locking: the pool's lock, which orders holding and destroying. */
    FileLock lock(boolean exclusive) {
        return exclusive ? lock.exclusive() : lock.shared();
    }

    @Override
    public void recover(Consumer<AxiomException> trouble) {
        try {
            Optional<AxiomException> left = new DirectoryRecovery(this).run();
            reserve.fill(); // last: what was cleaned up has made room
            left.ifPresent(trouble);
        } catch (IOException e) {
            throw AxiomException.io("clean up the pool " + root, e);
        }
    }

    /** Removes a dataset's folder that nobody can see or hold any more. */
    void remove(DatasetFolder folder) throws IOException {
        remove(folder, mounts());
    }

    /** As {@link #remove(DatasetFolder)}, with mounts that were read just now. */
    void remove(DatasetFolder folder, Mounts mounts) throws IOException {
        Optional<String> mount = mounts.in(folder.name());
        if (mount.isPresent()) {
            throw new IOException("something is mounted on " + mount.get());
        }
        TreeRemoval.delete(folder.path());
    }

    /** Orders this process's sweeps before they meet those of others at the pool's lock. */
    Lock sweepTurn() {
        return sweepTurn;
    }

    Mounts mounts() throws IOException {
        return Mounts.below(root);
    }

    /** A new name in the trash that belongs to this lease; no longer than that of a staging, so that no path grows. */
    DatasetFolder trash(Lease owner) {
        return folder(TRASH.child(owner.id() + "-t" + trashed.incrementAndGet()));
    }

    /** Tests stop or kill the process here. */
    void pause(PausePoint point) {
        pauses.accept(point);
    }

    @Override
    public void sync() {
        try {
            syncs.sync();
        } catch (IOException e) {
            throw AxiomException.io("make " + root + " durable", e);
        }
    }

    @Override
    public void close() {
        syncs.close();
    }
}
