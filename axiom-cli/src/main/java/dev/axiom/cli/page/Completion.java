package dev.axiom.cli.page;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell whose completion Axiom can fill. */
public enum Completion {
    BASH,
    ZSH,
    FISH;

    /** The script that the shell reads; {@code line} must be the whole command tree. */
    public String script(CommandLine line) {
        // The bash script turns on zsh's bashcompinit by itself when zsh reads it.
        return this == FISH ? FishCompletion.script(line) : AutoComplete.bash("axiom", line);
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
