package dev.axiom.cli;

import java.io.Serial;

/** The run was asked to stop while it waited for its own threads; these have ended by now. */
final class InterruptedRunException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InterruptedRunException(InterruptedException cause) {
        super("interrupted", cause);
    }
}
