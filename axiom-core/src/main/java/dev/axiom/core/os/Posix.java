package dev.axiom.core.os;

import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.jspecify.annotations.Nullable;

/**
 * The C library's calls that Axiom needs and the JDK lacks. Every method retries EINTR and turns a failure into a
 * {@link PosixException}. All are safe to call from several threads.
 */
public final class Posix {
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    /** The functions as C declares them; see flock(2), syncfs(2), copy_file_range(2), open(2). */
    public interface LibC {
        int open(String path, int flags, int mode);

        int close(int fd);

        int flock(int fd, int operation);

        int fsync(int fd);

        int syncfs(int fd);

        @ssize_t
        long copy_file_range(
                int in,
                @Nullable Pointer inOffset,
                int out,
                @Nullable Pointer outOffset,
                @size_t long length,
                int flags);

        int fcntl(int fd, int command, int argument);

        int geteuid();
    }

    /** Initialised on first use (Java Language Specification 12.4.2), so that commands without locks never load it. */
    private static final class Native {
        static final LibC LIBC =
                LibraryLoader.create(LibC.class).failImmediately().load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(LIBC);
    }

    private Posix() {}

    /** Opens for reading and writing, making the file with {@code rw-r--r--} if it is not there; close-on-exec. */
    public static int openOrCreate(Path file) throws PosixException {
        int flags = OpenFlags.O_RDWR.intValue() | OpenFlags.O_CREAT.intValue() | OpenFlags.O_CLOEXEC.intValue();
        return open(file, flags, 0644);
    }

    /** Opens an existing file or folder for reading; close-on-exec. */
    public static int openForReading(Path file) throws PosixException {
        return open(file, OpenFlags.O_RDONLY.intValue() | OpenFlags.O_CLOEXEC.intValue(), 0);
    }

    /** Makes a new file for writing, with {@code rw-------}; close-on-exec; EEXIST if something is there. */
    public static int createNew(Path file) throws PosixException {
        int flags = OpenFlags.O_WRONLY.intValue()
                | OpenFlags.O_CREAT.intValue()
                | OpenFlags.O_EXCL.intValue()
                | OpenFlags.O_CLOEXEC.intValue();
        return open(file, flags, 0600);
    }

    private static int open(Path file, int flags, int mode) throws PosixException {
        return retry("open", file.toString(), () -> Native.LIBC.open(file.toString(), flags, mode));
    }

    /** Closes a descriptor. Failures are of no use to a caller here, because nothing is written through these. */
    public static void close(int fd) {
        Native.LIBC.close(fd);
    }

    /**
     * Tries to take an advisory lock on the open file (flock(2)), without waiting. A lock belongs to the open file
     * description: it excludes other openings in this process as well, and ends when the last copy is closed.
     *
     * @return false if another opening holds a lock that excludes this one
     */
    public static boolean tryLock(int fd, boolean exclusive) throws PosixException {
        int operation = (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
        while (Native.LIBC.flock(fd, operation) != 0) {
            int errno = Native.RUNTIME.getLastError();
            if (errno == Errno.EWOULDBLOCK.intValue()) {
                return false;
            }
            if (errno != Errno.EINTR.intValue()) {
                throw new PosixException("flock", "fd " + fd, errno);
            }
        }
        return true;
    }

    /**
     * Writes everything that is dirty in the file system of this open file to stable storage (syncfs(2)). Since Linux
     * 5.8 it also reports write errors that happened since the file was opened or last synced.
     */
    public static void syncFileSystem(int fd) throws PosixException {
        retry("syncfs", "fd " + fd, () -> Native.LIBC.syncfs(fd));
    }

    /** Lets programs that this process becomes (execve(2)) keep the open file. */
    public static void keepOnExec(int fd) throws PosixException {
        retry("fcntl", "fd " + fd, () -> Native.LIBC.fcntl(fd, Fcntl.F_SETFD.intValue(), 0));
    }

    /** Writes one file or folder to stable storage (fsync(2)). */
    public static void sync(Path file) throws PosixException {
        int fd = openForReading(file);
        try {
            retry("fsync", file.toString(), () -> Native.LIBC.fsync(fd));
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
        while (true) {
            long copied = Native.LIBC.copy_file_range(in, null, out, null, length, 0);
            if (copied >= 0) {
                return copied;
            }
            int errno = Native.RUNTIME.getLastError();
            if (errno != Errno.EINTR.intValue()) {
                throw new PosixException("copy_file_range", "fd " + in + " to fd " + out, errno);
            }
        }
    }

    /** Whether this process has the superuser's rights, so that mode bits do not bind it. */
    public static boolean isRoot() {
        return Native.LIBC.geteuid() == 0;
    }

    private interface Call {
        int run();
    }

    private static int retry(String name, String about, Call call) throws PosixException {
        while (true) {
            int result = call.run();
            if (result >= 0) {
                return result;
            }
            int errno = Native.RUNTIME.getLastError();
            if (errno != Errno.EINTR.intValue()) {
                throw new PosixException(name, about, errno);
            }
        }
    }
}
