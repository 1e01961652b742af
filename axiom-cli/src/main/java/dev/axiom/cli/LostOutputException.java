package dev.axiom.cli;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** Standard output could not be written: its reader went away, or its disk is full. */
public final class LostOutputException extends UncheckedIOException {
    @Serial
    private static final long serialVersionUID = 1;

    public LostOutputException(IOException cause) {
        super("cannot write standard output: " + cause.getMessage(), cause);
    }

    /** Whether the reader has simply seen enough, as in {@code axiom package list | head}. */
    boolean readerLeft() {
        // The launcher fixes the JVM's locale, so the system's words are these in any country.
        return String.valueOf(getMessage()).contains("Broken pipe");
    }
}
