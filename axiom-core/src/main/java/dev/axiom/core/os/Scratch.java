package dev.axiom.core.os;

import java.nio.ByteBuffer;
import java.time.Instant;
import jnr.constants.platform.Errno;

/**
 * One thread's memory for the arguments and results of system calls, so that a call allocates nothing. File names are
 * UTF-8 whatever the locale says.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** Linux takes no longer path than this, the closing NUL included. */
    static final int PATH_MAX = 4096;

    private static final int LISTING = 32 * 1024;
    private static final int STATX = 256;

    /** Two times of 16 bytes: last access, last change. */
    private static final int TIMES = 32;

    /** In place of nanoseconds: leave this time as it is. */
    private static final long UTIME_OMIT = 0x3ffffffe;

    private final NativeBuffer first = new NativeBuffer(PATH_MAX);
    private final NativeBuffer second = new NativeBuffer(PATH_MAX);
    private final NativeBuffer times = new NativeBuffer(TIMES);
    final NativeBuffer listing = new NativeBuffer(LISTING);
    final NativeBuffer stat = new NativeBuffer(STATX);

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** The address of this path as a C string, valid until the next call. */
    long path(String path) throws PosixException {
        return put(first, path);
    }

    /** Like {@link #path}, for a call's second path. */
    long otherPath(String path) throws PosixException {
        return put(second, path);
    }

    /** Where a call may write up to {@link #PATH_MAX} bytes of its answer; the same memory as {@link #otherPath}. */
    NativeBuffer answer() {
        return second;
    }

    /** The address of an utimensat(2) argument that sets only the time of the last change. */
    long modified(Instant time) {
        ByteBuffer memory = times.memory();
        memory.putLong(0, 0);
        memory.putLong(8, UTIME_OMIT);
        memory.putLong(16, time.getEpochSecond());
        memory.putLong(24, time.getNano());
        return times.address();
    }

    private static long put(NativeBuffer target, String path) throws PosixException {
        byte[] bytes = FileNames.encode(path);
        if (bytes.length >= PATH_MAX) {
            throw new PosixException("use", path, Errno.ENAMETOOLONG.intValue());
        }
        if (path.indexOf('\0') >= 0) {
            throw new PosixException("use", path, Errno.EINVAL.intValue());
        }
        target.put(bytes, bytes.length);
        target.memory().put(bytes.length, (byte) 0);
        return target.address();
    }
}
