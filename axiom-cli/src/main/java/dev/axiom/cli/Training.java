package dev.axiom.cli;

import java.util.List;

/**
 * Runs the everyday commands once, so that the JVM can archive the classes they need (the launcher starts this with
 * {@code -XX:ArchiveClassesAtExit}). Prints nothing and leaves nothing behind.
 */
public final class Training {
    private static final List<List<String>> LESSONS = List.of(
            List.of("version"),
            List.of("version", "--json"),
            List.of("help"),
            List.of("help", "help"),
            List.of("oops"));

    private Training() {}

    /** The launcher's entry. */
    public static void main(String[] args) {
        Environment world = Environment.nowhere();
        LESSONS.forEach(lesson -> Main.run(lesson, world));
    }
}
