package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The lock of a {@link DirectoryPool}: shared by those who hold, held alone by those who mark or destroy. Who waits for it has
 * a second lock, the turn, held as the first is wanted: as long as somebody waits to share, no further sweep comes before.
 * flock(2) itself knows no order, and a collection that locks again at once would go first for as long as it lasts.
 */
final class PoolLock {
    /** The lock is held for milliseconds; who waits this long has met a stopped process. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String pool;
    private final Path file;

    /** A file that every pool has and that never changes: a full disk has no room for another. */
    private final Path turn;

    private final Duration timeout;

    PoolLock(Path root, Duration timeout) {
        this.timeout = timeout;
        this.pool = "the pool dir:" + root;
        this.file = root.resolve(DirectoryPoolSetup.LOCK);
        this.turn = root.resolve(DirectoryPoolSetup.FORMAT);
    }

    /** Takes the lock together with others. Throws as {@link FileLock#shared} when the time is over. */
    FileLock shared() {
        try {
            return FileLock.shared(request(file, Duration.ZERO));
        } catch (LockBusyException sweeping) {
            return inTurn(false);
        }
    }

    /** Takes the lock alone. Throws as {@link FileLock#exclusive} when the time is over. */
    FileLock exclusive() {
        return inTurn(true);
    }

    private FileLock inTurn(boolean exclusive) {
        long asked = System.nanoTime();
        try (FileLock mine = turn(exclusive)) {
            Duration left = timeout.minusNanos(System.nanoTime() - asked);
            FileLock.Request request = request(file, left.isNegative() ? Duration.ZERO : left);
            return exclusive ? FileLock.exclusive(request) : FileLock.shared(request);
        }
    }

    private FileLock turn(boolean exclusive) {
        FileLock.Request request = request(turn, timeout);
        try {
            return exclusive ? FileLock.exclusiveUnnamed(request) : FileLock.shared(request);
        } catch (LockBusyException e) {
            throw new LockBusyException(pool, FileLock.holder(file));
        }
    }

    private FileLock.Request request(Path which, Duration timeout) {
        return new FileLock.Request(which, pool, timeout, "a sweep");
    }
}
