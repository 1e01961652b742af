package dev.axiom.core.pool;

import java.io.Serial;

/** The process "died" here. An error, so that nothing that handles failures goes on after it. */
public final class CrashedError extends Error {
    @Serial
    private static final long serialVersionUID = 1;

    CrashedError(String call) {
        super("crashed at " + call);
    }
}
