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
 * trash, where nobody finds it; if it turns out to be held there, it is renamed back. Three transactions each. What a
 * crash leaves in the trash goes with the next recovery, unless it is held.
 */
final class TrashSweep {
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
            pool.core().rename(pool.names().filesystem(name), pool.names().filesystem(trash));
            kept = keep(condemned, trash);
            if (kept.isPresent()) {
                back(trash, name);
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
        try {
            pool.core().destroy(snapshot);
        } catch (ZfsException e) {
            back(trash, name);
            return Destruction.kept(
                    name, e.is(Errno.EBUSY) ? Outcome.HELD : Outcome.BUSY, String.valueOf(e.getMessage()));
        }
        try {
            pool.core().destroy(filesystem);
        } catch (ZfsException e) {
            pool.core().snapshot(snapshot, own);
            back(trash, name);
            return Destruction.kept(name, Outcome.BUSY, String.valueOf(e.getMessage()));
        }
        return Destruction.destroyed(name, bytes);
    }

    /** If the name was taken meanwhile, the other has the same content, and this one stays in the trash until it is free. */
    private void back(DatasetName trash, DatasetName name) {
        try {
            pool.core().rename(pool.names().filesystem(trash), pool.names().filesystem(name));
        } catch (ZfsException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }
}
