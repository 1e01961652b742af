package dev.axiom.core.os;

import java.io.IOException;
import java.io.Serial;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/** A system call that failed; names the call, what it was about, and the error. */
public final class PosixException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Errno errno;

    PosixException(String call, String about, int errno) {
        super(call + " " + about + ": " + Errno.valueOf(errno).description());
        this.errno = Errno.valueOf(errno);
    }

    /** Whether this failure, or one beneath it, says that the disk or the user's share of it is full. */
    public static boolean meansFull(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PosixException posix && (posix.errno == Errno.ENOSPC || posix.errno == Errno.EDQUOT)) {
                return true;
            }
        }
        return false;
    }

    /** The error as errno(3) names it. */
    public Errno errno() {
        return errno;
    }
}
