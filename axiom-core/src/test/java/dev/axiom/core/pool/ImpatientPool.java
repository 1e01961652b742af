package dev.axiom.core.pool;

import java.nio.file.Path;
import java.time.Duration;

/** A directory pool that waits for its own lock no longer than a test can. */
public final class ImpatientPool {
    private ImpatientPool() {}

    /** Opens a pool that exists. */
    public static DirectoryPool open(Path root, Duration lockTimeout) {
        return new DirectoryPool(root, new SyncGroup(root), point -> {}, lockTimeout);
    }

    /** The file of the pool's own lock. */
    public static Path lockFile(Path root) {
        return root.resolve(DirectoryPoolSetup.LOCK);
    }
}
