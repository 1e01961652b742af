package dev.axiom.cli;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * All that a run sees of the world outside: a process's own, or one that a test made up.
 *
 * @param variables the caller's environment variables, as they were before the launcher touched any
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 * @param terminal which of the two is a terminal
 * @param directory the folder that relative paths start from
 * @param superuser whether the run has root's rights
 * @param clock what says how late it is
 */
public record Environment(
        Map<String, String> variables,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Terminal terminal,
        Path directory,
        boolean superuser,
        Clock clock) {

    /** Which streams a person watches. */
    public record Terminal(boolean out, boolean err) {
        /** Nobody watches: pipes and files. */
        public static final Terminal NONE = new Terminal(false, false);
    }

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The world of this process, as {@code bin/axiom} started it. */
    static Environment ofProcess() {
        return new Environment(
                callersVariables(System.getenv()),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new Terminal(Boolean.getBoolean("axiom.terminal.out"), Boolean.getBoolean("axiom.terminal.err")),
                Path.of("").toAbsolutePath(),
                "root".equals(System.getProperty("user.name")),
                Clock.systemUTC());
    }

    /** A world with nothing in it, for those who want the commands' names and not their deeds. */
    static Environment nowhere() {
        return new Environment(
                Map.of(),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Terminal.NONE,
                Path.of("/"),
                false,
                Clock.systemUTC());
    }

    /**
     * Undoes what the launcher did to the variables: it sets {@code LC_ALL}, because the JVM takes the encoding of file
     * names from there alone, and leaves the caller's value in {@code AXIOM_CALLER_LC_ALL} ({@code =value}, or empty for
     * "was not set").
     */
    static Map<String, String> callersVariables(Map<String, String> own) {
        Map<String, String> variables = new HashMap<>(own);
        String saved = variables.remove("AXIOM_CALLER_LC_ALL");
        if (saved != null && saved.startsWith("=")) {
            variables.put("LC_ALL", saved.substring(1));
        } else if (saved != null) {
            variables.remove("LC_ALL");
        }
        return variables;
    }

    /** The value of a variable; the empty string where it is not set, since the two mean the same to a user. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** The file that a user means by a path. It stays as it was typed where the process's own folder is meant. */
    public Path resolve(Path typed) {
        return directory.equals(Path.of("").toAbsolutePath()) ? typed : directory.resolve(typed);
    }

    /**
     * One of the XDG folders: the variable's, or the usual one below the home folder. A relative path in the variable
     * counts as not set, as the XDG specification wants it.
     *
     * @throws AxiomException {@code UNAVAILABLE} if neither the variable nor {@code HOME} says where
     */
    public Path userFolder(String variable, String usual) {
        String configured = variable(variable);
        if (configured.startsWith("/")) {
            return Path.of(configured);
        }
        if (variable("HOME").isEmpty()) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    "HOME is not set, so that this user has no folder of Axiom's",
                    "set HOME or " + variable,
                    null);
        }
        return Path.of(variable("HOME"), usual);
    }
}
