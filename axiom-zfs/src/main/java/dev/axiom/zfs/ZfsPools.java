package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Pool;

/** Where the command line gets a pool on ZFS from. */
public final class ZfsPools {
    private ZfsPools() {}

    /**
     * Opens the pool on a dataset such as {@code tank/axiom}.
     *
     * @throws ZfsUnavailableException if ZFS cannot be used here; the hint says what to do
     * @throws AxiomException {@code INVALID} if that is no dataset's name; {@code UNAVAILABLE} if there is no pool
     */
    public static Pool open(String dataset) {
        return ZfsPool.open(ThreadSafeZfs.instance(), new ZfsNames(dataset));
    }

    /**
     * Opens it, making it first if there is nothing yet: the dataset, if its parent exists, and what belongs in it.
     *
     * @throws AxiomException as {@link #open}; {@code UNAVAILABLE} if the dataset holds something else
     */
    public static Pool create(String dataset) {
        ZfsNames names = new ZfsNames(dataset);
        ZfsPoolSetup.run(ThreadSafeZfs.instance(), names);
        return open(dataset);
    }

    /** Whether there is a pool; it may still be one that cannot be opened. Throws as {@link #open} for the rest. */
    public static boolean exists(String dataset) {
        return ZfsPoolSetup.isThere(ThreadSafeZfs.instance(), new ZfsNames(dataset));
    }
}
