package dev.axiom.core.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * The rules by which version texts are ordered and constraints read. Every version belongs to exactly one scheme, and
 * versions of different schemes cannot be compared. There is one scheme so far; the type is here so that documents can
 * already name it.
 */
public enum VersionScheme {
    /**
     * The order of SemVer 2.0, extended to what upstreams really write: any number of parts ({@code 1.2.3.4}), letters
     * behind a number ({@code 3.0.8p1} comes after {@code 3.0.8}), dates, epochs ({@code 1:2.0}).
     */
    SEMVER;

    /**
     * The scheme that documents call {@code name}, such as {@code semver}.
     *
     * @throws AxiomException {@code INVALID} if there is no such scheme; the message lists those there are
     */
    public static VersionScheme named(String name) {
        for (VersionScheme scheme : values()) {
            if (scheme.toString().equals(name)) {
                return scheme;
            }
        }
        throw new AxiomException(
                ErrorCode.INVALID,
                "version scheme '" + name + "' is not known: it must be one of " + Arrays.toString(values()));
    }

    /** The name as documents write it, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
