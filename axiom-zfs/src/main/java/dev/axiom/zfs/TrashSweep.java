package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Lease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * Destruction without channel programs, which only the root of the whole machine may run: a dataset is renamed into the
 * trash, where nobody finds it; if it turns out to be held there, it is renamed back. Four transactions each. What a
 * crash leaves in the trash goes with the next recovery, or is renamed back by it if it is held.
 */
final class TrashSweep {
    /** Bytes. A read-only mount writes one block, the end of the intent log, which counts as a change; an edit writes many. */
    private static final long WRITTEN_BY_A_MOUNT = 8192;

    private final ZfsPool pool;
    private final Lease owner;

    TrashSweep(ZfsPool pool, Lease owner) {
        this.pool = pool;
        this.owner = owner;
    }

    Destruction destroy(Condemned condemned) {
        DatasetName name = condemned.name();
        try {
            Optional<Destruction> kept = keep(condemned, name);
            if (kept.isPresent()) {
                return kept.get();
            }
            List<String> points = ZfsMounts.points(pool.names().filesystem(name));
            if (!points.isEmpty()) {
                return Destruction.kept(name, Outcome.BUSY, "it is mounted on " + String.join(", ", points));
            }
            DatasetName trash = pool.trash(owner);
            pool.zfs().set(pool.names().filesystem(name), ThreadSafeZfs.FILESYSTEM, ZfsNames.ORIGIN, name.value());
            pool.core().rename(pool.names().filesystem(name), pool.names().filesystem(trash));
            kept = keep(condemned, trash);
            if (kept.isPresent()) {
                back(pool, trash, name);
                return kept.get();
            }
            return erase(name, trash);
        } catch (AxiomException e) {
            Outcome outcome = e.code() == ErrorCode.NOT_FOUND ? Outcome.MISSING : Outcome.FAILED;
            return Destruction.kept(name, outcome, String.valueOf(e.getMessage()));
        }
    }

    /** @param now where it is */
    private Optional<Destruction> keep(Condemned condemned, DatasetName now) {
        String snapshot = pool.names().sealed(now);
        Optional<Set<String>> holds = pool.core().holds(snapshot);
        if (holds.isEmpty()) {
            return Optional.of(Destruction.kept(condemned.name(), Outcome.MISSING, "it does not exist"));
        }
        if (!holds.get().isEmpty()) {
            return Optional.of(Destruction.held(condemned.name(), ZfsHolds.tags(holds.get())));
        }
        Optional<String> dead = own(snapshot).map(own -> own.get(ZfsNames.DEAD_SINCE));
        return dead.equals(condemned.deadSince().map(Object::toString))
                ? Optional.empty()
                : Optional.of(
                        Destruction.kept(condemned.name(), Outcome.REVIVED, "it was used since the plan was made"));
    }

    private Optional<Map<String, String>> own(String snapshot) {
        return pool.zfs().read(snapshot, ThreadSafeZfs.SNAPSHOT).map(ThreadSafeZfs.Facts::own);
    }

    private Destruction erase(DatasetName name, DatasetName trash) {
        String filesystem = pool.names().filesystem(trash);
        String snapshot = pool.names().sealed(trash);
        Map<String, String> own = own(snapshot).orElse(Map.of());
        long bytes = pool.zfs()
                .read(filesystem, ThreadSafeZfs.FILESYSTEM)
                .map(ThreadSafeZfs.Facts::used)
                .orElse(0L);
        boolean changed = pool.zfs().writtenSince(snapshot)
                > WRITTEN_BY_A_MOUNT; // then a seal taken again would be of the changes
        try {
            pool.core().destroy(snapshot);
        } catch (ZfsException e) {
            back(pool, trash, name);
            return Destruction.kept(
                    name, e.is(Errno.EBUSY) ? Outcome.HELD : Outcome.BUSY, String.valueOf(e.getMessage()));
        }
        try {
            pool.core().destroy(filesystem);
        } catch (ZfsException e) {
            if (changed) {
                return Destruction.kept(
                        name,
                        Outcome.FAILED,
                        e.getMessage() + "; it was changed since it was sealed, so it is not sealed again, and recovery"
                                + " destroys it as soon as that ends");
            }
            pool.core().snapshot(snapshot, own);
            back(pool, trash, name);
            return Destruction.kept(name, Outcome.BUSY, String.valueOf(e.getMessage()));
        }
        return Destruction.destroyed(name, bytes);
    }

    /**
     * Destroys what a killed collector left in the trash; what is held there, or cloned, gets its name back.
     *
     * @throws AxiomException {@code BUSY} if neither can be done now
     */
    static void recover(ZfsPool pool, DatasetName trash) {
        try {
            pool.discard(trash);
        } catch (ZfsException kept) {
            Optional<DatasetName> origin = origin(pool, trash);
            if (origin.isEmpty() || !pool.core().exists(pool.names().sealed(trash))) {
                throw kept;
            }
            back(pool, trash, origin.get());
        }
    }

    private static Optional<DatasetName> origin(ZfsPool pool, DatasetName trash) {
        return pool.zfs()
                .read(pool.names().filesystem(trash), ThreadSafeZfs.FILESYSTEM)
                .map(facts -> facts.own().get(ZfsNames.ORIGIN))
                .map(DatasetName::new);
    }

    private static void back(ZfsPool pool, DatasetName trash, DatasetName name) {
        String from = pool.names().filesystem(trash);
        String to = pool.names().filesystem(name);
        try {
            pool.core().rename(from, to);
        } catch (ZfsException e) {
            if (e.is(Errno.EEXIST)) {
                throw new AxiomException(
                        ErrorCode.BUSY,
                        "something keeps " + from + ", but its name " + to
                                + " was taken while it was away; both have the same content",
                        "zfs holds " + pool.names().sealed(trash) + "; it goes when nothing keeps it",
                        e);
            }
            throw e;
        }
    }
}
