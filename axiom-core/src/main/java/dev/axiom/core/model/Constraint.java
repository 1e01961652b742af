package dev.axiom.core.model;

/**
 * Which versions of a package will do: {@code 1.2.3} or {@code =1.2.3} (exactly), {@code ~1.2} (up to the next minor),
 * {@code ^1.2} (up to the next version that may break, as SemVer says, {@code 0.x} included), {@code >=8.0,<9} (all of
 * several bounds, joined by a comma or a blank), {@code 1.2.*}, {@code !=1.3}, {@code *} (any), and {@code a || b}
 * (either).
 *
 * <p>Prereleases: a constraint allows the prereleases that lie between its bounds, and the resolver takes one only when
 * no release will do. An upper bound shuts out the prereleases of the version it names: {@code <2.0} and {@code ^1.2}
 * do not allow {@code 2.0-rc1}, unless the bound names a prerelease itself ({@code <2.0-rc2}) or is joined with a
 * prerelease of that very version ({@code >=2.0-rc1,<2.0}).
 *
 * <p>Builds: a version without a plus sign stands for all its builds, so that {@code =17.0.2} allows {@code 17.0.2+8}.
 */
public final class Constraint {
    /** What a constraint looks like; what it means is {@link #versions()}. */
    public enum Kind {
        /** One version. */
        EXACT,
        /** {@code ~}. */
        TILDE,
        /** {@code ^}. */
        CARET,
        /** Bounds, {@code !=} or {@code 1.2.*}. */
        RANGE,
        /** {@code *}. */
        ANY,
        /** Several constraints joined by {@code ||}. */
        UNION
    }

    private static final Constraint ANY_SEMVER = new Constraint("*", VersionScheme.SEMVER, Kind.ANY, VersionSet.any());

    private final String text;
    private final VersionScheme scheme;
    private final Kind kind;
    private final VersionSet versions;

    Constraint(String text, VersionScheme scheme, Kind kind, VersionSet versions) {
        this.text = text;
        this.scheme = scheme;
        this.kind = kind;
        this.versions = versions;
    }

    /** The constraint {@code *} of the default scheme. */
    public static Constraint any() {
        return ANY_SEMVER;
    }

    /**
     * A constraint of the default scheme, {@link VersionScheme#SEMVER}.
     *
     * @throws AxiomException {@code INVALID} if the text is no constraint
     */
    public static Constraint parse(String text) {
        return parse(text, VersionScheme.SEMVER);
    }

    /**
     * A constraint of the given scheme.
     *
     * @throws AxiomException {@code INVALID} if the text is no constraint of this scheme; the message says why
     */
    public static Constraint parse(String text, VersionScheme scheme) {
        return new ConstraintParser(text, scheme).parse();
    }

    /** The scheme of the versions it names. */
    public VersionScheme scheme() {
        return scheme;
    }

    /** What it looks like. */
    public Kind kind() {
        return kind;
    }

    /** All versions it allows. */
    public VersionSet versions() {
        return versions;
    }

    /**
     * Whether this version will do.
     *
     * @throws AxiomException {@code INVALID} if the version is of another scheme and the constraint is not {@code *}
     */
    public boolean allows(Version version) {
        return versions.contains(version);
    }

    /** Whether both were written alike for the same scheme. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint constraint && scheme == constraint.scheme && text.equals(constraint.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text as it was given, without blanks around it. */
    @Override
    public String toString() {
        return text;
    }
}
