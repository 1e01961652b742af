package dev.axiom.cli.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as commands print them. */
public final class Times {
    private Times() {}

    /** UTC to the second, for people and scripts: {@code 2026-01-02T03:04:05Z}. */
    public static String exact(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
