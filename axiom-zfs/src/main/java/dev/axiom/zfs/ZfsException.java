package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import jnr.constants.platform.Errno;

/** A call of libzfs_core that failed; what its number means depends on the call ({@link ZfsOperation}). */
final class ZfsException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int number;

    ZfsException(ErrorCode code, String message, String hint, int number) {
        super(code, message, hint.isEmpty() ? null : hint, null);
        this.number = number;
    }

    boolean is(Errno errno) {
        return number == errno.intValue();
    }
}
