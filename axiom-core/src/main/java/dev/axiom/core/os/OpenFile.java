package dev.axiom.core.os;

import java.time.Instant;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * An open file. Reads and writes go from and to its position. Used by one thread at a time.
 */
public final class OpenFile implements AutoCloseable {
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7ff;
    private static final int COPY_BUFFER = 16 * 1024;
    private static final long COPY_CHUNK = 1 << 30;

    /** copy_file_range(2) says so between file systems, on those that lack it, and on old kernels. */
    private static final Set<Errno> CANNOT_IN_KERNEL =
            Set.of(Errno.EXDEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOSYS, Errno.EPERM);

    private final int fd;
    private final String about;
    private boolean closed;

    OpenFile(int fd, String about) {
        this.fd = fd;
        this.about = about;
    }

    /**
     * Reads once into the buffer's start.
     *
     * @return how many bytes came; 0 at the end; fewer than asked is possible
     */
    public int read(NativeBuffer buffer) throws PosixException {
        return (int) check(SystemCall.READ, SystemCall.READ.call(fd, buffer.address(), buffer.size()));
    }

    /** Writes the buffer's first {@code length} bytes, all of them. After a failure some may be written. */
    public void write(NativeBuffer buffer, int length) throws PosixException {
        int done = 0;
        while (done < length) {
            done += (int)
                    check(SystemCall.WRITE, SystemCall.WRITE.call(fd, buffer.address() + done, (long) length - done));
        }
    }

    /**
     * Copies the rest of this file to where the other stands: inside the kernel, sharing blocks where the file system
     * can, or else through memory. After a failure some may be copied.
     *
     * @return how many bytes
     */
    public long copyTo(OpenFile target) throws PosixException {
        long copied = copyInKernel(target);
        NativeBuffer buffer = new NativeBuffer(COPY_BUFFER);
        for (int length = read(buffer); length > 0; length = read(buffer)) { // at the end already, if the kernel could
            target.write(buffer, length);
            copied += length;
        }
        return copied;
    }

    private long copyInKernel(OpenFile target) throws PosixException {
        long copied = 0;
        try {
            for (long part = COPY_CHUNK; part > 0; copied += part) {
                part = Posix.copyRange(fd, target.fd, COPY_CHUNK);
            }
        } catch (PosixException e) {
            if (!CANNOT_IN_KERNEL.contains(e.errno())) {
                throw e;
            }
        }
        return copied;
    }

    /** Asks the system about the open file. */
    public FileStatus status() throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.STATX,
                SystemCall.STATX.call(fd, scratch.path(""), AT_EMPTY_PATH, BASIC_STATS, scratch.stat.address()));
        return FileStatus.read(scratch.stat.memory());
    }

    /** Sets the permission bits (07777), whatever the process's umask. */
    public void setMode(int mode) throws PosixException {
        check(SystemCall.FCHMOD, SystemCall.FCHMOD.call(fd, mode));
    }

    /** Sets the time of the last change, to the nanosecond where the file system keeps it. */
    public void setModified(Instant time) throws PosixException {
        check(
                SystemCall.FUTIMENS,
                SystemCall.FUTIMENS.call(fd, Scratch.ofThread().modified(time)));
    }

    /** Closes it; a second time does nothing. Write errors that show only now are found by the later sync. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Posix.close(fd);
        }
    }

    int fd() {
        return fd;
    }

    private long check(SystemCall call, long result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call.name(), about, (int) -result);
        }
        return result;
    }
}
