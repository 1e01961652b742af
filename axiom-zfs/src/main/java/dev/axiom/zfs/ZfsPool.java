package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.LeaseFiles;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.SyncGroup;
import dev.axiom.core.pool.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import jnr.constants.platform.Errno;

/**
 * A pool on OpenZFS. A dataset is a file system with a snapshot {@code @sealed}, which carries the properties and the
 * holds; publishing is a rename; a lease's holds are temporary ones, which the kernel takes back when the process ends;
 * "not held → destroyed" is one channel program. Nothing is locked here: the kernel orders all of it.
 */
final class ZfsPool implements Pool {
    static final String VERSION = "1";

    private static final Path DEVICE = Path.of("/dev/zfs");

    /** How often a rename is tried again, and with what pause, before what is in its way counts as damaged. */
    private static final int RENAMES = 10;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ThreadSafeZfs zfs;
    private final ZfsNames names;
    private final ZfsMounts mounts;
    private final ZfsHolds holds;
    private final ZfsMarks marks;
    private final LeaseFiles leases;
    private final SyncGroup syncs;
    private final AtomicLong trashed = new AtomicLong();

    /** For {@link #open}, and tests without a kernel. */
    ZfsPool(ThreadSafeZfs zfs, ZfsNames names, ZfsMounts mounts) {
        this.zfs = zfs;
        this.names = names;
        this.mounts = mounts;
        this.holds = new ZfsHolds(names, zfs.core());
        this.marks = new ZfsMarks(names, zfs);
        this.leases = new LeaseFiles(state().resolve(ZfsPoolSetup.LEASES));
        this.syncs = new SyncGroup(state());
    }

    /**
     * Opens a pool that exists, and mounts its state folder if this is the first since the machine started.
     *
     * @throws AxiomException {@code UNAVAILABLE} if there is none, it was made by a newer Axiom, or the folder is not
     *     mounted and this user may not mount it
     */
    static ZfsPool open(ThreadSafeZfs zfs, ZfsNames names) {
        ZfsPoolSetup.check(zfs, names);
        ZfsMounts mounts = new ZfsMounts(names, zfs.core());
        mounts.open(ZfsNames.STATE, false);
        return new ZfsPool(zfs, names, mounts);
    }

    @Override
    public String location() {
        return "zfs:" + names.root();
    }

    @Override
    public Path state() {
        return mounts.path(ZfsNames.STATE);
    }

    @Override
    public Lease lease(String purpose) {
        try {
            syncs.open();
            int cleanup = Posix.openDevice(DEVICE);
            try {
                return new ZfsLease(this, leases.create(purpose), cleanup);
            } catch (IOException | RuntimeException e) {
                Posix.close(cleanup);
                throw e;
            }
        } catch (IOException e) {
            throw AxiomException.io("take a lease in " + location(), e);
        }
    }

    /** What is mounted can be read without a lease: an open folder keeps it mounted, and what is mounted cannot be destroyed. */
    @Override
    public <T> T glance(DatasetName name, Function<Path, T> reading) {
        if (find(name).isEmpty()) {
            throw new DatasetMissingException(List.of(name));
        }
        Optional<ZfsMounts.Pin> pin = mounts.pin(name);
        if (pin.isEmpty() && !Posix.isRoot()) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    names.filesystem(name) + " is not mounted, and only root may mount it",
                    "run as root",
                    null);
        }
        if (pin.isEmpty()) {
            return Pool.super.glance(name, reading);
        }
        try (ZfsMounts.Pin open = pin.get()) {
            return reading.apply(mounts.path(name));
        }
    }

    @Override
    public List<LeaseInfo> leases() {
        try {
            return leases.living();
        } catch (IOException e) {
            throw AxiomException.io("list the leases of " + location(), e);
        }
    }

    @Override
    public List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble) {
        return Damage.passingOver(
                zfs.children(names.filesystem(parent)).stream(), child -> Optional.of(names.name(child)), trouble);
    }

    /** Empty as well if it is being taken again, or that was cut off. */
    private Optional<ThreadSafeZfs.Facts> seal(DatasetName name) {
        return zfs.read(names.sealed(name), ThreadSafeZfs.SNAPSHOT)
                .filter(facts -> !ZfsNames.RESEALING.equals(facts.inherited().get(ZfsNames.DOOMED)));
    }

    /** What lies in the store without a seal is the rest of an interrupted destruction, or none of ours. */
    @Override
    public Optional<Dataset> find(DatasetName name) {
        String snapshot = names.sealed(name);
        return seal(name).map(facts -> {
            Map<String, String> properties = new HashMap<>();
            facts.own().forEach((key, value) -> {
                if (key.startsWith(ZfsNames.PROPERTY)) {
                    properties.put(key.substring(ZfsNames.PROPERTY.length()), value);
                }
            });
            Optional<Instant> dead = ZfsMarks.time(snapshot, ZfsNames.DEAD_SINCE, facts.own());
            return new Dataset(name, properties, dead, facts.referenced());
        });
    }

    /** The date goes after the hold has come: were one missing, no date may be lost. */
    @Override
    public void hold(HoldTag tag, Collection<DatasetName> datasets) {
        holds.add(tag.value(), datasets, Optional.empty());
        marks.clear(datasets);
    }

    @Override
    public void release(HoldTag tag, Collection<DatasetName> datasets) {
        holds.remove(tag.value(), datasets);
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> datasets) {
        Map<DatasetName, Set<HoldTag>> result = new TreeMap<>();
        for (DatasetName name : datasets) {
            Set<HoldTag> tags =
                    ZfsHolds.tags(zfs.core().holds(names.sealed(name)).orElse(Set.of()));
            if (!tags.isEmpty()) {
                result.put(name, tags);
            }
        }
        return result;
    }

    @Override
    public void markDead(Collection<DatasetName> datasets, Instant since) {
        marks.mark(datasets, since);
    }

    @Override
    public void clearDead(Collection<DatasetName> datasets) {
        marks.clear(datasets);
    }

    @Override
    public List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch) {
        return new ZfsSweep(this, owner).run(batch);
    }

    @Override
    public void recover(Consumer<AxiomException> trouble) {
        ZfsPoolSetup.keepRoom(zfs, names);
        new ZfsRecovery(this).run(trouble);
    }

    @Override
    public Optional<Transfer> transfer() {
        return Optional.of(new ZfsTransfer(this));
    }

    @Override
    public void sync() {
        try {
            syncs.sync();
        } catch (IOException e) {
            throw AxiomException.io("make " + state() + " durable", e);
        }
    }

    @Override
    public void close() {
        syncs.close();
    }

    /**
     * Gives a sealed dataset its final name.
     *
     * @throws ZfsException EEXIST if a sealed dataset has it
     * @throws AxiomException {@code CORRUPT} if something has it that is neither sealed nor in destruction: its seal was taken
     *     by somebody else, or it is not Axiom's
     */
    void rename(DatasetName from, DatasetName to) {
        for (int left = RENAMES; ; left--) {
            try {
                core().rename(names.filesystem(from), names.filesystem(to));
                return;
            } catch (ZfsException e) {
                boolean again = e.is(Errno.ENOENT) ? makeParent(to) : e.is(Errno.EEXIST) && makeRoom(to, left);
                if (!again || left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Whether a name may be free now. One look is not enough to call it damaged: it may have come or gone meanwhile. */
    private boolean makeRoom(DatasetName name, int left) {
        if (seal(name).isPresent()) {
            return false;
        }
        if (!finish(name)) {
            if (!name.value().startsWith(ZfsNames.STORE + "/")) {
                return false; // an environment takes the next number
            }
            if (left == 0) {
                throw unsealed(names.filesystem(name));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private static AxiomException unsealed(String filesystem) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                filesystem + " has the name of a package, but not the snapshot @sealed that makes it one",
                "zfs destroy " + filesystem + "; or, to keep what is in it, zfs rename " + filesystem
                        + " to a name outside of the pool",
                null);
    }

    private boolean makeParent(DatasetName name) {
        DatasetName parent =
                new DatasetName(name.value().substring(0, name.value().lastIndexOf('/')));
        try {
            core().create(names.filesystem(parent), Map.of());
        } catch (ZfsException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
        return true;
    }

    /** Ends a destruction that was cut off after the seal was taken away. @return whether there was one */
    boolean finish(DatasetName name) {
        if (seal(name).isPresent()) {
            return false;
        }
        String filesystem = names.filesystem(name);
        boolean doomed = zfs.read(filesystem, ThreadSafeZfs.FILESYSTEM)
                .map(facts -> facts.own().containsKey(ZfsNames.DOOMED))
                .orElse(false);
        if (doomed) {
            finish(filesystem);
        }
        return doomed;
    }

    /** In a program, for others may finish it as well, and publish anew under its name. */
    private void finish(String filesystem) {
        try (NvList arguments = core().newList().put("name", filesystem)) {
            Optional<Map<String, Object>> said = core().runIfPermitted(names.zpool(), ZfsProgram.FINISH, arguments);
            if (said.isEmpty()) {
                destroyIfThere(filesystem); // which refuses what is sealed
            } else if (said.get().get("rc") instanceof Long rc && rc != 0) {
                throw ZfsOperation.DESTROY.failed(filesystem, rc.intValue());
            }
        }
    }

    /**
     * Destroys a dataset that is not mounted: its seal, if it has one, and the rest. What is gone already is fine.
     *
     * @throws ZfsException EBUSY or EEXIST if something keeps it; then it is still whole, or without its seal
     */
    void discard(DatasetName name) {
        for (String dataset : List.of(names.sealed(name), names.filesystem(name))) {
            destroyIfThere(dataset);
        }
    }

    private void destroyIfThere(String dataset) {
        try {
            core().destroy(dataset);
        } catch (ZfsException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /** A new name in the trash that belongs to this lease. */
    DatasetName trash(Lease owner) {
        return ZfsNames.TRASH.child(owner.id() + "-t" + trashed.incrementAndGet());
    }

    ThreadSafeZfs zfs() {
        return zfs;
    }

    ZfsCore core() {
        return zfs.core();
    }

    ZfsNames names() {
        return names;
    }

    ZfsMounts mounts() {
        return mounts;
    }

    ZfsHolds temporaryHolds() {
        return holds;
    }

    ZfsMarks marks() {
        return marks;
    }

    LeaseFiles leaseFiles() {
        return leases;
    }
}
