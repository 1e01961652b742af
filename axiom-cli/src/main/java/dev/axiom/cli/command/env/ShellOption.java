package dev.axiom.cli.command.env;

import dev.axiom.cli.Typed;
import dev.axiom.core.env.Shell;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For which shell the code is. */
final class ShellOption {
    @Option(
            names = "--shell",
            paramLabel = "SHELL",
            description = "sh (also for bash, zsh and their like) or fish; without it, the shell that called.")
    private @Nullable String name;

    /** The family of the named shell, or of the one that called. */
    Shell chosen(Map<String, String> variables) {
        String said = name;
        return said == null ? Shell.detect(variables) : Typed.value(() -> Shell.named(said));
    }
}
