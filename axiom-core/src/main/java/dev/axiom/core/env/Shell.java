package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The families of shells that activation code can be written for. */
public enum Shell {
    /** sh, bash, zsh, dash, ksh. */
    POSIX,
    /** fish. */
    FISH;

    private static final Set<String> POSIX_NAMES = Set.of("sh", "bash", "zsh", "dash", "ksh", "mksh", "ash", "busybox");

    /**
     * The family of a shell.
     *
     * @param name such as {@code zsh}
     * @throws AxiomException {@code INVALID} if it is of no family known here
     */
    public static Shell named(String name) {
        return family(name)
                .orElseThrow(() -> new AxiomException(
                        ErrorCode.INVALID, "shell '" + name + "' is not known: it must be sh, bash, zsh or fish"));
    }

    /**
     * The shell that this process was started from, or else the user's login shell, or else a POSIX one.
     *
     * @param variables of the process environment
     */
    public static Shell detect(Map<String, String> variables) {
        Optional<Shell> parent = ProcessHandle.current()
                .parent()
                .flatMap(process -> process.info().command())
                .flatMap(Shell::ofCommand);
        return parent.or(() -> Optional.ofNullable(variables.get("SHELL")).flatMap(Shell::ofCommand))
                .orElse(POSIX);
    }

    private static Optional<Shell> ofCommand(String command) {
        return Optional.ofNullable(Path.of(command).getFileName()).flatMap(name -> family(name.toString()));
    }

    private static Optional<Shell> family(String name) {
        if (name.equals("fish")) {
            return Optional.of(FISH);
        }
        return POSIX_NAMES.contains(name) ? Optional.of(POSIX) : Optional.empty();
    }
}
