package dev.axiom.cli;

import dev.axiom.core.model.Settings;

/**
 * Which pool is meant: {@code dir:PATH} or {@code zfs:DATASET}.
 *
 * @param kind what is below
 * @param name the path, as it was given, or the dataset
 */
public record PoolLocation(Kind kind, String name) {
    /** What a pool is made of. */
    public enum Kind {
        DIRECTORY("dir:"),
        ZFS("zfs:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Reads a location.
     *
     * @param source who says so, for the error: {@code --pool}, {@code AXIOM_POOL} or a file
     * @throws dev.axiom.core.model.AxiomException {@code USAGE} if it starts with neither prefix, or nothing or a tilde follows
     */
    public static PoolLocation parse(String text, String source) {
        Typed.value(source + ": ", () -> Settings.requirePool(text));
        Kind kind = text.startsWith(Kind.ZFS.prefix) ? Kind.ZFS : Kind.DIRECTORY;
        return new PoolLocation(kind, text.substring(kind.prefix.length()));
    }

    /** As {@code --pool} takes it. */
    @Override
    public String toString() {
        return kind.prefix + name;
    }
}
