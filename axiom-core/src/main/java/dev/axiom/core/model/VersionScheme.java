package dev.axiom.core.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which version texts are ordered and constraints read. Every version belongs to exactly one scheme, and
 * versions of different schemes cannot be compared.
 */
public enum VersionScheme {
    /**
     * The order of SemVer 2.0, extended to what upstreams really write: any number of parts ({@code 1.2.3.4}), letters
     * behind a number ({@code 3.0.8p1} comes after {@code 3.0.8}), dates, epochs ({@code 1:2.0}). The default.
     */
    SEMVER {
        @Override
        VersionKey key(String text) {
            return SemverKey.of(text);
        }
    },
    /** Epoch, upstream version and revision as in Debian's policy manual, 5.6.12: {@code 1:2.3~rc1-4}. */
    DEBIAN {
        @Override
        VersionKey key(String text) {
            return DebianKey.of(text);
        }
    },
    /** Version, revision and epoch of a FreeBSD port as in pkg-version(8): {@code 2.3.r1_4,1}. */
    FREEBSD {
        @Override
        VersionKey key(String text) {
            return FreebsdKey.of(text);
        }
    },
    /** Epoch, version and release of an RPM: {@code 1:2.3~rc1-4.fc40}. */
    RPM {
        @Override
        VersionKey key(String text) {
            return RpmKey.of(text);
        }
    };

    /** The name as documents write it, in lower case; kept, because every listing of a store asks for it. */
    private final String word = name().toLowerCase(Locale.ROOT);

    /** The place of a text in this scheme's order. @throws AxiomException {@code INVALID} if it is no version of it */
    abstract VersionKey key(String text);

    /**
     * The scheme that documents call {@code name}, such as {@code semver}.
     *
     * @throws AxiomException {@code INVALID} if there is no such scheme; the message lists those there are
     */
    public static VersionScheme named(String name) {
        return Texts.named("version scheme", name, values());
    }

    /** What stands before versions of this scheme where any could be meant: {@code debian:}, nothing for the default. */
    String prefix() {
        return this == SEMVER ? "" : word + ":";
    }

    /** The scheme that the text names before its first colon; null if it names none. Epochs are numbers, so they differ. */
    static @Nullable VersionScheme prefixOf(String text) {
        for (VersionScheme scheme : values()) {
            if (text.startsWith(scheme.word) && text.startsWith(":", scheme.word.length())) {
                return scheme;
            }
        }
        return null;
    }

    /** The text behind this scheme's name and colon. */
    public String withoutPrefix(String text) {
        return text.substring(word.length() + 1);
    }

    /** The name, or nothing for the default scheme, which documents need not state. */
    public String toStringUnlessDefault() {
        return this == SEMVER ? "" : word;
    }

    static AxiomException invalid(String text, String reason) {
        return new AxiomException(ErrorCode.INVALID, "version '" + text + "' is not valid: " + reason);
    }

    /** The name as documents write it, in lower case. */
    @Override
    public String toString() {
        return word;
    }
}
