package dev.axiom.core.model;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A package's version: the text its author wrote, together with its place in the order of its {@link VersionScheme}. Two
 * texts that have the same place, such as {@code 1.2} and {@code 1.2.0} in most schemes, are equal versions. Versions of
 * different schemes are never equal and cannot be compared.
 *
 * <p>The order of {@link VersionScheme#SEMVER}: an epoch ({@code 1:}) counts first; then the parts between dots or
 * underscores, as numbers, a missing one as 0 and letters behind a number upwards; then a prerelease, which comes before
 * the version it announces. A prerelease starts at {@code -} (SemVer's rules), at {@code ~}, or at a word everybody
 * reads so ({@code 1.0rc1}, {@code 2.0.Beta3}); the hyphens of a date ({@code 2024-01-02}) are as good as dots. Last, so
 * that the order is total and a newer build counts as newer, comes what follows {@code +}, which SemVer leaves open.
 */
public final class Version implements Comparable<Version> {
    /** What a date as a version looks like, {@code 2024-01-02}: a regular expression. */
    public static final String DATE = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";

    /** How many characters a version text may have. */
    public static final int MAX_LENGTH = 128;

    private final String text;
    private final VersionScheme scheme;
    private final VersionKey key;

    private Version(String text, VersionScheme scheme) {
        this.text = text;
        this.scheme = scheme;
        this.key = scheme.key(text);
    }

    /**
     * A version of the default scheme, {@link VersionScheme#SEMVER}.
     *
     * @throws AxiomException {@code INVALID} if the text is no version
     */
    public static Version parse(String text) {
        return parse(text, VersionScheme.SEMVER);
    }

    /**
     * A version of the given scheme.
     *
     * @throws AxiomException {@code INVALID} if the text is no version of this scheme; the message says why
     */
    public static Version parse(String text, VersionScheme scheme) {
        if (text.length() > MAX_LENGTH) {
            throw VersionScheme.invalid(text, "it has more than " + MAX_LENGTH + " characters");
        }
        return new Version(text, scheme);
    }

    /**
     * A version as {@link #qualified} writes it: the scheme and a colon before it, unless that is the default scheme.
     *
     * @throws AxiomException {@code INVALID} if the text is no version of the scheme that it names
     */
    public static Version parseQualified(String text) {
        VersionScheme scheme = VersionScheme.prefixOf(text);
        return scheme == null ? parse(text) : parse(scheme.withoutPrefix(text), scheme);
    }

    /** Whether the text is a version of at least one scheme. */
    public static boolean isOfAny(String text) {
        return Stream.of(VersionScheme.values())
                .anyMatch(scheme -> in(scheme, text).isPresent());
    }

    /** The version of this scheme that a text is, if it is one. */
    static Optional<Version> in(VersionScheme scheme, String text) {
        try {
            return Optional.of(parse(text, scheme));
        } catch (AxiomException notOfThisScheme) {
            return Optional.empty();
        }
    }

    /** The scheme that orders this version. */
    public VersionScheme scheme() {
        return scheme;
    }

    /** Whether this version only announces a later one, as {@code 2.0-rc1} does. */
    public boolean isPrerelease() {
        return key.isPrerelease();
    }

    /** The place in the order; for the constraints, which make bounds of it. */
    VersionKey key() {
        return key;
    }

    /**
     * A version that only serves as the end of an interval: made from a valid one, it may be longer than users' texts.
     */
    static Version bound(String text, VersionScheme scheme) {
        return new Version(text, scheme);
    }

    /** The order without what follows {@code +}. */
    int compareApartFromBuild(Version other) {
        requireSameScheme(other);
        return key.compareApartFromBuild(other.key);
    }

    /**
     * Compares places in the order of the scheme.
     *
     * @throws AxiomException {@code INVALID} if the other version is of another scheme
     */
    @Override
    public int compareTo(Version other) {
        requireSameScheme(other);
        return key.compareTo(other.key);
    }

    private void requireSameScheme(Version other) {
        if (scheme != other.scheme) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "version " + text + " (" + scheme + ") cannot be compared with " + other.text + " (" + other.scheme
                            + "): their version schemes differ");
        }
    }

    /** Whether both have the same scheme and the same place in its order, however they are written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && scheme == version.scheme && key.equals(version.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** The text with its scheme before it, as in {@code debian:1:2.3-4}; alone in the default scheme. */
    public String qualified() {
        return scheme.prefix() + text;
    }

    /** The text as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
