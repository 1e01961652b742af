package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.PosixException;
import java.io.Serial;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/** A call of libzfs_core that failed; what its number means depends on the call ({@link ZfsOperation}). */
final class ZfsException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int number;

    /** @param cause the error, if it means the same everywhere */
    ZfsException(ErrorCode code, String message, String hint, int number, @Nullable PosixException cause) {
        super(code, message, hint.isEmpty() ? null : hint, cause);
        this.number = number;
    }

    boolean is(Errno errno) {
        return number == errno.intValue();
    }
}
