package dev.axiom.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One line at the bottom of a terminal that says how far the work is, and leaves no trace. Does nothing where there is no
 * terminal.
 *
 * <p>Locking: its own monitor; any thread may call.
 */
final class ProgressLine {
    /** Faster than this nobody reads, and each refresh is a system call. */
    private static final Duration REFRESH = Duration.ofMillis(100);
    /** A line that wraps cannot be erased; the width is not asked for, since that would take a process. */
    private static final int WIDTH = 79;

    private static final String ERASE = "\r\033[K";

    private final OutputStream err;
    private final boolean terminal;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private boolean visible;

    ProgressLine(OutputStream err, boolean terminal, Clock clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Replaces the line, unless the last one is younger than a tenth of a second. */
    synchronized void show(String text) {
        if (!terminal || clock.instant().isBefore(next)) {
            return;
        }
        next = clock.instant().plus(REFRESH);
        visible = true;
        writeQuietly(err, ERASE + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
    }

    /** Takes the line away; to be called before anything else is printed. */
    synchronized void erase() {
        if (visible) {
            visible = false;
            writeQuietly(err, ERASE);
        }
    }

    /** Writes to standard error; a failure is dropped, because there is nowhere left to tell it. */
    static void writeQuietly(OutputStream err, String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException nobodyListens) {
            // The exit code still tells.
        }
    }
}
