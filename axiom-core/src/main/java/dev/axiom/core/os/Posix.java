package dev.axiom.core.os;

import java.nio.file.Path;
import java.time.Duration;
import jnr.constants.platform.Errno;

/**
 * The C library's calls that Axiom needs and the JDK lacks. Every method but {@link #close} retries EINTR and turns a
 * failure into a {@link PosixException}. All are safe to call from several threads.
 */
public final class Posix {
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    /** What open(2) and fcntl(2) take; the same numbers on every Linux that Java runs on. */
    private static final int AT_FDCWD = -100;

    /** Who has this gets a tenth of what others get where all want the processor (sched(7)). */
    private static final int GIVING_WAY = 10;

    private static final int RDONLY = 0;
    private static final int WRONLY = 1;
    private static final int RDWR = 2;
    private static final int CREAT = 0100;
    private static final int EXCL = 0200;
    private static final int CLOEXEC = 02000000;
    private static final int F_SETFD = 2;

    /** The clock that runs from the machine's start, while it sleeps too, and that nobody can set. */
    private static final int CLOCK_BOOTTIME = 7;

    private Posix() {}

    /**
     * Opens for reading and writing, making the file with {@code rw-r--r--} if it is not there; close-on-exec; ELOOP if it
     * is a symbolic link.
     */
    public static int openOrCreate(Path file) throws PosixException {
        return open(file, RDWR | CREAT | CLOEXEC | OpenFlag.NOFOLLOW, 0644);
    }

    /** Opens an existing file or folder for reading; close-on-exec. */
    public static int openForReading(Path file) throws PosixException {
        return open(file, RDONLY | CLOEXEC, 0);
    }

    /**
     * Opens a device for reading and writing, for this opening alone to work with (O_EXCL: what that means is the
     * device's affair); close-on-exec.
     */
    public static int openDevice(Path device) throws PosixException {
        return open(device, RDWR | EXCL | CLOEXEC, 0);
    }

    /** Makes a new file for writing, with {@code rw-------}; close-on-exec; EEXIST if something is there. */
    public static int createNew(Path file) throws PosixException {
        return open(file, WRONLY | CREAT | EXCL | CLOEXEC, 0600);
    }

    private static int open(Path file, int flags, int mode) throws PosixException {
        String path = file.toString();
        long address = Scratch.ofThread().path(path);
        return (int) check(SystemCall.OPENAT, path, SystemCall.OPENAT.call(AT_FDCWD, address, flags, mode));
    }

    /**
     * Closes a descriptor, once: after EINTR it is free on Linux, and a second close would be of whatever another thread has
     * opened since. Failures are of no use to a caller here: the later sync finds what was not written.
     */
    public static void close(int fd) {
        SystemCall.CLOSE.callOnce(fd);
    }

    /**
     * Tries to take an advisory lock on the open file (flock(2)), without waiting. A lock belongs to the open file
     * description: it excludes other openings in this process as well, and ends when the last copy is closed.
     *
     * @return false if another opening holds a lock that excludes this one
     */
    public static boolean tryLock(int fd, boolean exclusive) throws PosixException {
        int operation = (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
        long result = SystemCall.FLOCK.call(fd, operation);
        if (result == -Errno.EWOULDBLOCK.intValue()) {
            return false;
        }
        check(SystemCall.FLOCK, "fd " + fd, result);
        return true;
    }

    /**
     * Writes everything that is dirty in the file system of this open file to stable storage (syncfs(2)). Since Linux
     * 5.8 it also reports write errors that happened since the file was opened or last synced.
     */
    public static void syncFileSystem(int fd) throws PosixException {
        check(SystemCall.SYNCFS, "fd " + fd, SystemCall.SYNCFS.call(fd));
    }

    /** Lets programs that this process becomes (execve(2)) keep the open file. */
    public static void keepOnExec(int fd) throws PosixException {
        check(SystemCall.FCNTL, "fd " + fd, SystemCall.FCNTL.call(fd, F_SETFD, 0));
    }

    /** Writes one file or folder to stable storage (fsync(2)). */
    public static void sync(Path file) throws PosixException {
        int fd = openForReading(file);
        try {
            check(SystemCall.FSYNC, file.toString(), SystemCall.FSYNC.call(fd));
        } finally {
            close(fd);
        }
    }

    /**
     * Copies up to {@code length} bytes between two open files at their positions, inside the kernel; shares blocks
     * where the file system can (copy_file_range(2)).
     *
     * @return bytes copied; 0 at the end of the input
     */
    public static long copyRange(int in, int out, long length) throws PosixException {
        long copied = SystemCall.COPY_FILE_RANGE.call(in, 0, out, 0, length, 0);
        return check(SystemCall.COPY_FILE_RANGE, "fd " + in + " to fd " + out, copied);
    }

    /** For how long the machine has been up, sleep included (clock_gettime(2), CLOCK_BOOTTIME). */
    public static Duration sinceBoot() throws PosixException {
        SystemCall call = SystemCall.clockGettime();
        NativeBuffer answer = Scratch.ofThread().answer();
        check(call, "the time since the machine's start", call.call(CLOCK_BOOTTIME, answer.address()));
        return Duration.ofSeconds(answer.memory().getLong(0), answer.memory().getLong(8));
    }

    /**
     * Lets others have the processor first, from now on: this thread, and those that it starts (nice(2), which counts by
     * thread on Linux). There is no way back without rights.
     */
    public static void giveWay() {
        Nice.CALL.call(GIVING_WAY); // its result cannot be told from a failure, and nothing depends on it
    }

    /** Bound at its first use, by the few programs that use it. */
    private static final class Nice {
        private static final SystemCall CALL = SystemCall.nice();
    }

    /** Whether this process has the superuser's rights, so that mode bits do not bind it. */
    public static boolean isRoot() {
        return SystemCall.GETEUID.call() == 0;
    }

    private static long check(SystemCall call, String about, long result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call.name(), about, (int) -result);
        }
        return result;
    }
}
