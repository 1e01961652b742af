package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.os.TreeRemoval;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A pool in an ordinary folder: a dataset is a folder, publishing is a rename, a seal is a file, a hold is an empty
 * file, and one lock file makes "held?" and "destroy" one step: holders share it, a destroyer takes it alone for the
 * renames of one batch.
 */
public final class DirectoryPool implements Pool {
    static final DatasetName STAGING = new DatasetName("staging");
    static final DatasetName TRASH = new DatasetName("trash");

    /** Lists shorter than this are read by one thread; starting others costs more than it saves. */
    private static final int WORTH_THREADS = 256;

    /** The pool's lock is held for milliseconds; who waits this long has met a stopped process. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final Path root;
    private final Path lockFile;
    private final LeaseFiles leases;
    private final SyncGroup syncs;

    private DirectoryPool(Path root, SyncGroup syncs) {
        this.root = root;
        this.lockFile = root.resolve(DirectoryPoolSetup.LOCK);
        this.leases = new LeaseFiles(root.resolve(DirectoryPoolSetup.LEASES));
        this.syncs = syncs;
    }

    /**
     * Opens a pool that exists.
     *
     * @param root its folder
     * @throws AxiomException {@code UNAVAILABLE} if there is none, or it was made by a newer Axiom
     */
    public static DirectoryPool open(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        DirectoryPoolSetup.check(absolute);
        return new DirectoryPool(absolute, new SyncGroup(absolute));
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
        try {
            return new DirectoryLease(this, leases, leases.create(purpose));
        } catch (IOException e) {
            throw AxiomException.io("take a lease in " + root, e);
        }
    }

    @Override
    public List<LeaseInfo> leases() {
        try {
            List<LeaseInfo> living = new ArrayList<>();
            for (String id : leases.ids()) {
                if (leases.isAlive(id)) {
                    living.add(leases.info(id));
                }
            }
            return living;
        } catch (IOException e) {
            throw AxiomException.io("list the leases of " + root, e);
        }
    }

    @Override
    public List<Dataset> list(DatasetName parent) {
        List<String> names = children(parent);
        Stream<String> stream = names.size() < WORTH_THREADS ? names.stream() : names.parallelStream();
        return stream.map(name -> folder(parent.child(name)).read())
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<DatasetName> parents(DatasetName parent) {
        return children(parent).stream().map(parent::child).toList();
    }

    private List<String> children(DatasetName parent) {
        File folder = folder(parent).path().toFile();
        String[] names = folder.list();
        if (names == null) {
            if (folder.exists()) {
                throw AxiomException.io("list " + folder, new IOException("not a folder, or permission denied"));
            }
            return List.of();
        }
        return Arrays.asList(names);
    }

    @Override
    public Optional<Dataset> find(DatasetName name) {
        return folder(name).read();
    }

    @Override
    public void hold(HoldTag tag, Collection<DatasetName> names) {
        addHolds(tag, names);
        sync();
    }

    /** Adds holds, all or none. Locking: shared. */
    void addHolds(HoldTag tag, Collection<DatasetName> names) {
        List<DatasetFolder> added = new ArrayList<>();
        Set<DatasetName> missing = new TreeSet<>();
        try (FileLock lock = lock(false)) {
            for (DatasetName name : names) {
                DatasetFolder folder = folder(name);
                if (!folder.isSealed()) {
                    missing.add(name);
                } else if (addHold(folder, tag)) {
                    added.add(folder);
                }
            }
            if (missing.isEmpty()) {
                return;
            }
            for (DatasetFolder folder : added) {
                folder.removeHold(tag);
            }
        } catch (IOException e) {
            throw AxiomException.io("hold datasets of " + root, e);
        }
        throw new DatasetMissingException(missing);
    }

    private static boolean addHold(DatasetFolder folder, HoldTag tag) throws IOException {
        folder.clearDead(); // first: a hold that a crash leaves alone must not sit on an old date
        return folder.addHold(tag);
    }

    @Override
    public void release(HoldTag tag, Collection<DatasetName> names) {
        try {
            for (DatasetName name : names) {
                folder(name).removeHold(tag);
            }
        } catch (IOException e) {
            throw AxiomException.io("release datasets of " + root, e);
        }
        sync();
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names) {
        LivingHolds living = new LivingHolds(leases);
        Map<DatasetName, Set<HoldTag>> result = new TreeMap<>();
        for (DatasetName name : names) {
            Set<HoldTag> tags = living.of(folder(name));
            if (!tags.isEmpty()) {
                result.put(name, tags);
            }
        }
        return result;
    }

    @Override
    public void markDead(Collection<DatasetName> names, Instant since) {
        List<DatasetName> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += BATCH) {
            markBatch(all.subList(from, Math.min(from + BATCH, all.size())), since);
        }
        sync();
    }

    private void markBatch(List<DatasetName> names, Instant since) {
        LivingHolds living = new LivingHolds(leases);
        try (FileLock lock = lock(true)) {
            for (DatasetName name : names) {
                DatasetFolder folder = folder(name);
                if (folder.isSealed() && living.of(folder).isEmpty()) {
                    folder.markDead(since);
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
        return new DirectorySweep(this, owner).run(batch);
    }

    LeaseFiles leaseFiles() {
        return leases;
    }

    /** Locking: the pool's lock, which orders holding and destroying. */
    FileLock lock(boolean exclusive) {
        String what = "the pool " + location();
        FileLock.Request request = new FileLock.Request(lockFile, what, LOCK_TIMEOUT, "a sweep");
        return exclusive ? FileLock.exclusive(request) : FileLock.shared(request);
    }

    /** What a lease leaves at its end: its holds. Its staging was closed, or is found by {@link #recover()}. */
    void reapOwn(DirectoryLease lease, Set<DatasetName> names) throws IOException {
        for (DatasetName name : names) {
            folder(name).removeHold(lease.tag());
        }
    }

    @Override
    public void recover() {
        try {
            for (DatasetName parent : List.of(STAGING, TRASH)) {
                for (String name : children(parent)) {
                    if (!leases.isAlive(ownerOf(name))) {
                        TreeRemoval.delete(folder(parent.child(name)).path());
                    }
                }
            }
            for (String id : leases.ids()) {
                leases.reap(id, this::removeHolds);
            }
        } catch (IOException e) {
            throw AxiomException.io("clean up the pool " + root, e);
        }
    }

    /** Staging and trash are called {@code <lease>-<n>}. */
    private static String ownerOf(String name) {
        int dash = name.lastIndexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }

    private void removeHolds(String leaseId) throws IOException {
        for (DatasetName name : leases.datasets(leaseId)) {
            folder(name).removeHold(HoldTag.ofLease(leaseId));
        }
    }

    @Override
    public void sync() {
        try {
            syncs.sync();
        } catch (PosixException e) {
            throw AxiomException.io("make " + root + " durable", e);
        }
    }

    @Override
    public void close() {
        syncs.close();
    }
}
