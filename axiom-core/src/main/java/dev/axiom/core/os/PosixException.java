package dev.axiom.core.os;

import java.io.IOException;
import java.io.Serial;
import java.util.EnumSet;
import java.util.Set;
import jnr.constants.platform.Errno;

/** A system call that failed; names the call, what it was about, and the error. */
public final class PosixException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final Set<Errno> FULL = EnumSet.of(Errno.ENOSPC, Errno.EDQUOT);
    private static final Set<Errno> FORBIDDEN = EnumSet.of(Errno.EACCES, Errno.EPERM, Errno.EROFS);

    private final transient Errno errno;

    /** For what calls the system by libraries of its own, too. */
    public PosixException(String call, String about, int errno) {
        super(call + " " + about + ": " + Errno.valueOf(errno).description());
        this.errno = Errno.valueOf(errno);
    }

    /** Whether this failure, or one beneath it, says that the disk or the user's share of it is full. */
    public static boolean meansFull(Throwable failure) {
        return isOneOf(FULL, failure) || saysSo(FULL, failure);
    }

    /** The JDK's own failures have the C library's words for it, and no number. */
    private static boolean saysSo(Set<Errno> errors, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                String message = String.valueOf(cause.getMessage());
                if (errors.stream().anyMatch(errno -> message.endsWith(errno.description()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether this failure, or one beneath it, says that this user may not do that there. */
    public static boolean meansForbidden(Throwable failure) {
        return isOneOf(FORBIDDEN, failure);
    }

    private static boolean isOneOf(Set<Errno> errors, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PosixException posix && errors.contains(posix.errno)) {
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
