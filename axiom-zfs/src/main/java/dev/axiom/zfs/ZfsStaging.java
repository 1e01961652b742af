package dev.axiom.zfs;

import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.pool.StagingProgress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * A dataset in the making in a {@link ZfsPool}: unmounted before its snapshot, so that no writer is left behind. Until then an
 * open folder keeps everybody from unmounting it, and shows whether somebody did so in spite of that (umount -l).
 */
final class ZfsStaging implements Staging {
    private final ZfsPool pool;
    private final ZfsLease lease;
    private final DatasetName name;
    private final StagingProgress progress;
    private Optional<ZfsMounts.Pin> pin;

    /** @param name mounted */
    ZfsStaging(ZfsPool pool, ZfsLease lease, DatasetName name) {
        this.pool = pool;
        this.lease = lease;
        this.name = name;
        this.progress = new StagingProgress(name);
        this.pin = Optional.of(pool.mounts().pinMounted(name));
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
        Optional<ZfsMounts.Pin> filled = pin;
        pin = Optional.empty();
        filled.ifPresent(open -> pool.mounts().unpin(name, open));
        pool.mounts().unmount(name);
        pool.core().snapshot(pool.names().sealed(name), own);
        lease.hold(List.of(name));
        progress.sealed();
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
        pin.ifPresent(ZfsMounts.Pin::close);
        pool.mounts().unmount(name);
        lease.release(name);
        pool.discard(name);
    }
}
