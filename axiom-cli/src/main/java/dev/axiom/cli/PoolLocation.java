package dev.axiom.cli;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;

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
     * @throws AxiomException {@code USAGE} if it starts with neither prefix, or nothing follows
     */
    public static PoolLocation parse(String text, String source) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix) && text.length() > kind.prefix.length()) {
                return new PoolLocation(kind, text.substring(kind.prefix.length()));
            }
        }
        throw new AxiomException(
                ErrorCode.USAGE,
                "pool '" + text + "' (from " + source + ") is not valid",
                "write dir:PATH for a folder or zfs:DATASET for a ZFS dataset",
                null);
    }

    /** As {@code --pool} takes it. */
    @Override
    public String toString() {
        return kind.prefix + name;
    }
}
