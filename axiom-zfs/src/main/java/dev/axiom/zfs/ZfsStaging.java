package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.pool.StagingProgress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jnr.constants.platform.Errno;

/**
 * A dataset in the making in a {@link ZfsPool}. Its snapshot comes before it is unmounted, for unmounting waits three
 * transactions for what is not on disk yet, and the snapshot one; whether somebody wrote in between is asked of ZFS. Until just
 * before it is unmounted, an open folder keeps everybody else from doing so, and shows whether somebody did in spite of that
 * (umount -l). Who has a copy of the mount, because a namespace was made meanwhile, could write until the dataset has its name,
 * from where on it is read-only.
 */
final class ZfsStaging implements Staging {
    private final ZfsPool pool;
    private final ZfsLease lease;
    private final DatasetName name;
    private final StagingProgress progress;
    private final ZfsMounts.Pin pin;

    /** @param name mounted */
    ZfsStaging(ZfsPool pool, ZfsLease lease, DatasetName name) {
        this.pool = pool;
        this.lease = lease;
        this.name = name;
        this.progress = new StagingProgress(name);
        this.pin = lease.pin(name);
    }

    @Override
    public DatasetName name() {
        return name;
    }

    /** After the seal it is mounted again only for who asks; few do. */
    @Override
    public Path path() {
        Path folder = pool.mounts().path(name);
        if (progress.isSealed()
                && !ZfsMounts.isMounted(folder)
                && pool.core().exists(pool.names().sealed(name))) {
            pool.mounts().mount(name, true);
        }
        return folder;
    }

    /** ZFS counts the bytes itself. */
    @Override
    public void seal(Map<String, String> properties, long bytes) {
        progress.sealing(properties);
        Map<String, String> own = new HashMap<>();
        properties.forEach((key, value) -> own.put(ZfsNames.PROPERTY + key, value));
        pool.mounts().flush(name, pin);
        pool.core().snapshot(pool.names().sealed(name), own);
        pool.mounts().requireAtPlace(name, pin);
        unmount();
        lease.hold(List.of(name)); // waits for its transaction, so that all that was written before counts as written
        requireUnchanged();
        progress.sealed();
    }

    private void unmount() {
        lease.unpin(name);
        pool.mounts().unmount(name);
    }

    /** What was written after the snapshot would lie in the package, and not in its seal. */
    private void requireUnchanged() {
        if (pool.zfs().writtenSince(pool.names().sealed(name)) > 0) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    pool.names().filesystem(name) + " was written to after it was filled",
                    "run it again, and let nobody write to what is below "
                            + pool.mounts().path(name).getParent(),
                    null);
        }
    }

    /** Held since the seal; the hold goes with the name. */
    @Override
    public void publish(DatasetName target) {
        progress.checkSealed();
        lease.note(List.of(target)); // fails if the lease is gone
        pool.mounts().unmount(name);
        try {
            pool.rename(name, target);
        } catch (ZfsException e) {
            if (e.is(Errno.EEXIST)) {
                throw new DatasetExistsException(target);
            }
            throw e;
        }
        lease.renamed(name, target);
        progress.published();
    }

    @Override
    public void close() {
        if (!progress.close()) {
            return;
        }
        unmount();
        lease.release(name);
        pool.discard(name);
    }
}
