package dev.axiom.gc.schedule;

import java.io.Serial;

/** The actor "died" here. An error, so that nothing which handles failures goes on after it. */
final class Crashed extends Error {
    @Serial
    private static final long serialVersionUID = 1;

    Crashed() {
        super("crashed", null, false, false);
    }
}
