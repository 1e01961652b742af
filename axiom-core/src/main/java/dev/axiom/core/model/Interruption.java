package dev.axiom.core.model;

import org.jspecify.annotations.Nullable;

/** How long work stops when somebody asks for it: at its next piece, for the system calls do not look. */
public final class Interruption {
    private Interruption() {}

    /**
     * To be called before each piece of the work.
     *
     * @throws AxiomException {@code INTERRUPTED} if this thread was asked to stop; it stays asked
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw failure(null);
        }
    }

    /** {@code INTERRUPTED}; which work it was is for the caller to say, who has the name that the user knows. */
    public static AxiomException failure(@Nullable Throwable cause) {
        return new AxiomException(ErrorCode.INTERRUPTED, "interrupted", null, cause);
    }
}
