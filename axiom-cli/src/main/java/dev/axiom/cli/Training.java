package dev.axiom.cli;

import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs the everyday commands once, so that the JVM can archive the classes they need (the launcher starts this with
 * {@code -XX:DumpLoadedClassList}). Prints nothing and leaves nothing behind.
 */
public final class Training {
    /** One command line each, its words separated by spaces. None touches anything outside of the folder it runs in. */
    private static final List<String> LESSONS = List.of(
            "version",
            "version --json",
            "help",
            "help help",
            "oops",
            "setup",
            "package add lesson-1.0 missing-1.0",
            "package add lesson-1.0 --name second --version 2 --json",
            "package list",
            "package list --json",
            "package show lesson",
            "package files lesson",
            "package verify --all",
            "profile create lesson",
            "profile add lesson lesson@^1",
            "profile resolve lesson --json",
            "profile show lesson",
            "env realize lesson lesson --json",
            "env list",
            "env activate lesson",
            "why lesson",
            "package remove lesson",
            "gc --dry-run --lock-file gc.lock --json",
            "gc --grace 0 --lock-file gc.lock");

    private Training() {}

    /** The launcher's entry. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("axiom-training-");
        try {
            run(folder, OutputStream.nullOutputStream());
        } finally {
            TreeRemoval.delete(folder);
        }
    }

    /** Runs the lessons in an empty folder; returns those that failed, some of which are meant to. */
    static List<String> run(Path folder, OutputStream err) throws IOException {
        Path program = folder.resolve("lesson-1.0/bin/lesson");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        Environment world = new Environment(
                Map.of("AXIOM_POOL", "dir:" + folder.resolve("pool"), "HOME", folder.toString()),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                err,
                Environment.Terminal.NONE,
                folder,
                false,
                Clock.systemUTC());
        return LESSONS.stream()
                .filter(lesson -> Main.run(List.of(lesson.split(" ", -1)), world) != 0)
                .toList();
    }
}
