package dev.axiom.core.lock;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock on a file, between processes and inside this one: flock(2) on an opening of its own, so the kernel frees it
 * when the holder dies. The file is never deleted: deleting a held lock file lets a second process in. Its content
 * names the exclusive holder, for messages only.
 */
public final class FileLock implements AutoCloseable {
    private static final long FIRST_PAUSE = 200_000; // ns; most holders are done within a millisecond
    private static final long LONGEST_PAUSE = 20_000_000;

    private static final Duration FOR_EVER = Duration.ofDays(10_000); // in nanoseconds it still fits a long

    private final int fd;
    private final Path file;
    private final int named; // how many bytes our name has in the file
    private final AtomicBoolean open = new AtomicBoolean(true);

    private FileLock(int fd, Path file, int named) {
        this.fd = fd;
        this.file = file;
        this.named = named;
    }

    /**
     * What to lock, how, and for how long to try.
     *
     * @param file the lock file; made if it is not there
     * @param what how messages call the thing, such as {@code "profile 'dev'"}
     * @param timeout how long to wait; zero tries once
     * @param purpose what this process wants it for; others read it in their messages
     */
    public record Request(Path file, String what, Duration timeout, String purpose) {}

    /**
     * Takes the lock alone.
     *
     * @throws LockBusyException if others hold it until the timeout is over; names them
     * @throws AxiomException {@code UNAVAILABLE} if the file cannot be made or opened
     */
    public static FileLock exclusive(Request request) {
        int fd = acquire(request, true);
        return new FileLock(fd, request.file(), name(request));
    }

    /**
     * Says in the file who holds it, unless something else is written there: a lock file that is named by mistake keeps what
     * it has. The lock holds without: on a full disk one must still be able to collect.
     *
     * @return how many bytes were written; 0 if none
     */
    private static int name(Request request) {
        byte[] lines = Owner.self(request.purpose()).toLines().getBytes(StandardCharsets.UTF_8);
        try {
            return Owner.mayBeIn(request.file()) ? replace(request.file(), lines) : 0;
        } catch (IOException nameless) {
            return 0; // messages then speak of "another operation"
        }
    }

    private static int replace(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        return content.length;
    }

    /** Takes the lock together with other sharers. Throws as {@link #exclusive}. */
    public static FileLock shared(Request request) {
        return new FileLock(acquire(request, false), request.file(), 0);
    }

    /** Takes the lock alone, on a file whose content is something else: it stays as it is. Throws as {@link #exclusive}. */
    public static FileLock exclusiveUnnamed(Request request) {
        return new FileLock(acquire(request, true), request.file(), 0);
    }

    private static int acquire(Request request, boolean exclusive) {
        int fd = open(request.file());
        boolean locked = false;
        try {
            FileSteps.next(request.timeout().isZero() ? Step.TRY_LOCK : Step.LOCK, request.file());
            long asked = System.nanoTime();
            locked = await(fd, exclusive, request.timeout());
            if (locked) {
                FileSteps.locked(request.file(), Duration.ofNanos(System.nanoTime() - asked));
            }
        } catch (IOException e) {
            throw AxiomException.io("lock " + request.file(), e);
        } finally {
            if (!locked) {
                Posix.close(fd);
            }
        }
        if (!locked) {
            throw new LockBusyException(request.what(), holder(request.file()));
        }
        return fd;
    }

    private static int open(Path file) {
        try {
            FileSteps.next(Step.READ, file);
            return Posix.openOrCreate(file);
        } catch (IOException e) {
            throw AxiomException.io("open the lock file " + file, e);
        }
    }

    /**
     * For who gives a lock back and takes it again at once, over and over: leaves it alone for so long that everybody who waits
     * for it tries. Else flock(2), which knows no order, might never give it to them.
     */
    public static void letOthersIn() {
        LockSupport.parkNanos(LONGEST_PAUSE);
    }

    /** Polls with growing pauses: flock(2) itself cannot wait for a limited time. */
    private static boolean await(int fd, boolean exclusive, Duration timeout) throws PosixException {
        Duration limit = timeout.compareTo(FOR_EVER) > 0 ? FOR_EVER : timeout;
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE;
        while (!Posix.tryLock(fd, exclusive)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(pause, left));
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
        return true;
    }

    /** Who holds the lock now, as far as the file tells; empty if nobody has written into it. */
    public static Optional<Owner> holder(Path file) {
        return Owner.readFrom(file);
    }

    /** Frees the lock, and takes our name out of the file first: who meets sharers later shall not read it. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            FileSteps.unlock(file);
            unname();
            Posix.close(fd);
        }
    }

    /** What has not our name's length any more is not ours: somebody has put another file there. */
    private void unname() {
        try {
            if (named > 0 && Files.size(file) == named) {
                replace(file, new byte[0]);
            }
        } catch (IOException kept) {
            // sharers are then called by our name until the next holder writes its own
        }
    }
}
