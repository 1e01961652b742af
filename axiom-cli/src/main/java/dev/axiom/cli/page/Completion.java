package dev.axiom.cli.page;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Texts;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell whose completion Axiom can fill. */
public enum Completion {
    BASH,
    ZSH,
    FISH;

    /**
     * The shell called {@code bash}, {@code zsh} or {@code fish}.
     *
     * @throws AxiomException {@code INVALID} if it is another word
     */
    public static Completion named(String name) {
        return Texts.named("shell", name, values());
    }

    /** The script that the shell reads; {@code line} must be the whole command tree. */
    public String script(CommandLine line) {
        // The bash script turns on zsh's bashcompinit by itself when zsh reads it.
        return this == FISH ? FishCompletion.script(line) : safe(AutoComplete.bash("axiom", line));
    }

    /** For shells that take an unset variable for an error: only one of these two is set in any. */
    private static String safe(String script) {
        return script.replace("$BASH_VERSION", "${BASH_VERSION-}").replace("$ZSH_VERSION", "${ZSH_VERSION-}");
    }

    /** What the shells' package maintainers call the file. */
    String fileName() {
        return switch (this) {
            case BASH -> "axiom.bash";
            case ZSH -> "axiom.zsh";
            case FISH -> "axiom.fish";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
