package dev.axiom.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, written before its name or after it. */
@Command
public final class GlobalOptions {
    /** Said, so that a flag behind the command does not take what the same flag before it has set for its default. */
    private static final String OFF = "false";

    @Option(
            names = "--pool",
            paramLabel = "POOL",
            scope = ScopeType.INHERIT,
            description = "Where packages live: dir:PATH or zfs:DATASET.")
    @Nullable
    String pool;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Read this configuration instead of the system's and the user's.")
    @Nullable
    Path config;

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            description = "How long to wait for a lock that somebody else holds, such as 5s (the default) or 0.")
    @Nullable
    Duration lockTimeout;

    @Option(
            names = "--json",
            defaultValue = OFF,
            scope = ScopeType.INHERIT,
            description = "Print one JSON document on standard output, errors too on standard error.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            defaultValue = OFF,
            scope = ScopeType.INHERIT,
            description = "Print only what was asked for by name, and trouble.")
    boolean quiet;

    @Option(
            names = "--verbose",
            defaultValue = OFF,
            scope = ScopeType.INHERIT,
            description = "Say more: with an internal error, where it came from.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain the command and do nothing.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version and do nothing.")
    boolean version;

    /** {@code --pool} as it was typed, or null. */
    public @Nullable String pool() {
        return pool;
    }

    /** {@code --config}, or null for the usual files. */
    public @Nullable Path config() {
        return config;
    }

    /** {@code --lock-timeout}, or null for the configured one. */
    public @Nullable Duration lockTimeout() {
        return lockTimeout;
    }

    public boolean json() {
        return json;
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean verbose() {
        return verbose;
    }
}
