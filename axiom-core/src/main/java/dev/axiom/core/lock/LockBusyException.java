package dev.axiom.core.lock;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import java.util.Optional;

/** A lock is held by somebody else, and the time to wait for it is over. */
public final class LockBusyException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Optional<Owner> owner;

    /**
     * Says who has it.
     *
     * @param what how messages call the thing
     * @param owner who has it, if that is known
     */
    public LockBusyException(String what, Optional<Owner> owner) {
        super(
                ErrorCode.BUSY,
                what + " is locked by " + describe(owner),
                "try again, or wait longer with --lock-timeout",
                null);
        this.owner = owner;
    }

    private static String describe(Optional<Owner> owner) {
        if (owner.isEmpty()) {
            return "another operation";
        }
        boolean own = owner.get().pid() == ProcessHandle.current().pid();
        return own
                ? "another operation of this process: " + owner.get().purpose()
                : owner.get().toString();
    }

    /** Who holds it, as far as known. */
    public Optional<Owner> owner() {
        return owner;
    }
}
