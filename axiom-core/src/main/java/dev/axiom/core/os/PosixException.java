package dev.axiom.core.os;

import java.io.IOException;
import java.io.Serial;
import jnr.constants.platform.Errno;

/** A system call that failed; names the call, what it was about, and the error. */
public final class PosixException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Errno errno;

    PosixException(String call, String about, int errno) {
        super(call + " " + about + ": " + Errno.valueOf(errno).description());
        this.errno = Errno.valueOf(errno);
    }

    /** The error as errno(3) names it. */
    public Errno errno() {
        return errno;
    }
}
