package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;

/** ZFS cannot be used on this machine, by this user, or by this program; the hint says what to install or do. */
public final class ZfsUnavailableException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Missing missing;

    /** What is missing. */
    public enum Missing {
        /** libzfs, libzfs_core or libnvpair. */
        LIBRARY,
        /** A function that a library should have. */
        SYMBOL,
        /** The kernel's module. */
        MODULE,
        /** {@code /dev/zfs}, or the right to use it. */
        DEVICE,
        /** Libraries that fit the module. */
        VERSION
    }

    ZfsUnavailableException(Missing missing, String message, String hint) {
        super(ErrorCode.UNAVAILABLE, message, hint, null);
        this.missing = missing;
    }

    private ZfsUnavailableException(ZfsUnavailableException first) {
        super(ErrorCode.UNAVAILABLE, String.valueOf(first.getMessage()), first.hint(), first);
        this.missing = first.missing;
    }

    /** The same for another caller, with that caller's stack. */
    ZfsUnavailableException again() {
        return new ZfsUnavailableException(this);
    }

    public Missing missing() {
        return missing;
    }
}
