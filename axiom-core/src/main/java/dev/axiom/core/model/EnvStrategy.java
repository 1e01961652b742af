package dev.axiom.core.model;

import java.util.Locale;

/** How an environment's files come from those of its packages. */
public enum EnvStrategy {
    /** Symbolic links into the packages. */
    LINK,
    /** Files of its own, sharing blocks with the packages where the file system can. */
    COPY;

    /**
     * The strategy called {@code link} or {@code copy}.
     *
     * @throws AxiomException {@code INVALID} if it is another word
     */
    public static EnvStrategy named(String name) {
        return Texts.named("strategy", name, values());
    }

    /** The name in documents and on the command line, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
