package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Texts;
import java.util.Locale;

/** Who wins when two packages of an environment want the same path. The packages' order is that of their names. */
public enum ConflictPolicy {
    /** Nobody: no environment is made. */
    ERROR,
    /** The package that comes first. */
    FIRST,
    /** The package that comes last. */
    LAST;

    /**
     * The policy called {@code error}, {@code first} or {@code last}.
     *
     * @throws AxiomException {@code INVALID} if it is another word
     */
    public static ConflictPolicy named(String name) {
        return Texts.named("conflict policy", name, values());
    }

    /** The name on the command line, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
