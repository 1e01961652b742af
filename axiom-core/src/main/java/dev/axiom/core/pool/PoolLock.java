package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of a {@link DirectoryPool}: shared by those who hold, held alone by those who mark or destroy. Everybody comes to it
 * through a second lock, the turn, held as the first is wanted, until one has that. As long as somebody waits to share, no further
 * sweep comes before; and a sweep that has waited for long keeps the turn to itself, until those who are inside have left.
 * flock(2) itself knows no order: a collection that locks again at once, or sharers who never leave a gap between them, would
 * go first for as long as they last.
 */
final class PoolLock {
    /** The lock is held for milliseconds; who waits this long has met a stopped process. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * How often a sweep looks for a moment without sharers, who come and go meanwhile, before it keeps others out. A tenth of a
     * second in all, for each pause is twice as long as the one before.
     */
    private static final int LOOKS = 9;

    private static final long FIRST_PAUSE = 200_000; // ns; most sharers are done within a millisecond

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
        Wait wait = new Wait(timeout);
        try (FileLock mine = turn(false, wait)) {
            return FileLock.shared(request(file, wait.left()));
        }
    }

    /** Takes the lock alone. Throws as {@link FileLock#exclusive} when the time is over. */
    FileLock exclusive() {
        Wait wait = new Wait(timeout);
        for (int look = 0; look < LOOKS; look++) {
            try (FileLock mine = turn(true, wait)) {
                return FileLock.exclusive(request(file, Duration.ZERO));
            } catch (LockBusyException sharersInside) {
                LockSupport.parkNanos(Math.min(FIRST_PAUSE << look, wait.left().toNanos()));
            }
        }
        try (FileLock mine = turn(true, wait)) {
            return FileLock.exclusive(request(file, wait.left()));
        }
    }

    /** What is left of the time that one may wait in all. */
    private record Wait(Duration limit, long since) {
        Wait(Duration limit) {
            this(limit, System.nanoTime());
        }

        Duration left() {
            Duration left = limit.minusNanos(System.nanoTime() - since);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    private FileLock turn(boolean exclusive, Wait wait) {
        FileLock.Request request = request(turn, wait.left());
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
