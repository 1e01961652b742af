package dev.axiom.core.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a package will do: {@code 1.2.3} or {@code =1.2.3} (exactly), {@code ~1.2} (up to the next minor),
 * {@code ^1.2} (up to the next version that may break, as SemVer says, {@code 0.x} included), {@code >=8.0,<9} (all of
 * several bounds, joined by a comma or a blank), {@code 1.2.*}, {@code !=1.3}, {@code *} or {@code any}, and {@code a || b}
 * (either).
 *
 * <p>Schemes: {@code debian:>=1.2} is about versions of that {@link VersionScheme} and allows no other. Without a scheme a
 * constraint must make sense for {@link VersionScheme#SEMVER}, and means for each version what its text says by the rules
 * of that version's own scheme; where it makes no sense by those, it allows no version. So nothing is ever compared across
 * schemes. In {@link VersionScheme#FREEBSD}, a comma with a digit behind it belongs to the version.
 *
 * <p>Prereleases, as {@link VersionScheme#SEMVER} has them: a constraint allows the prereleases that lie between its bounds, and the resolver takes one only when
 * no release will do. An upper bound shuts out the prereleases of the version it names: {@code <2.0} and {@code ^1.2}
 * do not allow {@code 2.0-rc1}, unless the bound names a prerelease itself ({@code <2.0-rc2}) or is joined with a
 * prerelease of that very version ({@code >=2.0-rc1,<2.0}).
 *
 * <p>Builds: a version without a plus sign stands for all its builds, so that {@code =17.0.2} allows {@code 17.0.2+8};
 * likewise one of {@link VersionScheme#RPM} without a release for all its releases.
 */
public final class Constraint {
    /** What a constraint looks like; what it means is {@link #versions(VersionScheme)}. */
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

    private static final Constraint ANY = parse("*");

    private final String text;
    private final @Nullable VersionScheme stated;
    private final Kind kind;

    /** By scheme, as far as asked for; replaced whole. What two threads make at once is the same. */
    private volatile Map<VersionScheme, Meaning> meanings;

    private Constraint(String text, @Nullable VersionScheme stated) {
        this.text = text.equals("any") ? "*" : text; // the word of deps.yaml, which people write here, too
        this.stated = stated;
        VersionScheme scheme = stated == null ? VersionScheme.SEMVER : stated;
        ConstraintParser.Parsed parsed = new ConstraintParser(this.text, scheme).parse();
        this.kind = parsed.kind();
        this.meanings = Map.of(scheme, new Meaning(parsed.versions(), null));
    }

    /** The constraint {@code *}, which every version of every scheme meets. */
    public static Constraint any() {
        return ANY;
    }

    /** The constraint {@code *} on versions of the given scheme, which all of these meet and no other. */
    public static Constraint any(VersionScheme scheme) {
        return parse("*", scheme);
    }

    /**
     * Reads a constraint, with or without its scheme before it.
     *
     * @throws AxiomException {@code INVALID} if the text is no constraint; the message says why
     */
    public static Constraint parse(String text) {
        String stripped = text.strip();
        VersionScheme stated = VersionScheme.prefixOf(stripped);
        return new Constraint(
                stated == null ? stripped : stated.withoutPrefix(stripped).strip(), stated);
    }

    /**
     * A constraint on versions of the given scheme alone.
     *
     * @param text without the scheme's name
     * @throws AxiomException {@code INVALID} if the text is no constraint of this scheme; the message says why
     */
    public static Constraint parse(String text, VersionScheme scheme) {
        return new Constraint(text.strip(), scheme);
    }

    /** The scheme whose versions alone it allows; empty if it was written without one. */
    public Optional<VersionScheme> scheme() {
        return Optional.ofNullable(stated);
    }

    /** What it looks like. */
    public Kind kind() {
        return kind;
    }

    /** Whether it allows every version of every scheme. */
    public boolean isAny() {
        return stated == null && allowsAll();
    }

    /** Whether it allows every version of every scheme, or every one of the scheme that it names. */
    boolean allowsAll() {
        return versions(stated == null ? VersionScheme.SEMVER : stated).isAny();
    }

    /** Whether no version of any scheme can meet it, as none can meet {@code >=2,<1}. */
    public boolean allowsNone() {
        return Stream.of(VersionScheme.values())
                .allMatch(scheme -> versions(scheme).isEmpty());
    }

    /** All versions of a scheme that it allows; none if it names another, or {@linkplain #misfit makes no sense} for this one. */
    public VersionSet versions(VersionScheme scheme) {
        return meaning(scheme).versions;
    }

    /**
     * Why the text, which names no scheme, makes no sense for versions of this one; empty if it does, or names a scheme. It
     * allows no version that it makes no sense for.
     */
    public Optional<String> misfit(VersionScheme scheme) {
        return Optional.ofNullable(meaning(scheme).misfit);
    }

    private Meaning meaning(VersionScheme scheme) {
        if (stated != null && stated != scheme) {
            return Meaning.NOTHING;
        }
        Meaning known = meanings.get(scheme);
        if (known == null) {
            known = understood(scheme);
            Map<VersionScheme, Meaning> more = new EnumMap<>(meanings);
            more.put(scheme, known);
            meanings = more;
        }
        return known;
    }

    private Meaning understood(VersionScheme scheme) {
        try {
            return new Meaning(new ConstraintParser(text, scheme).parse().versions(), null);
        } catch (AxiomException e) {
            return new Meaning(VersionSet.empty(), e.getMessage());
        }
    }

    /** What the text allows in one scheme, or why it makes no sense there. */
    private record Meaning(VersionSet versions, @Nullable String misfit) {
        private static final Meaning NOTHING = new Meaning(VersionSet.empty(), null);
    }

    /** Whether this version will do; not if the constraint makes no sense for its scheme. */
    public boolean allows(Version version) {
        return versions(version.scheme()).contains(version);
    }

    /** Whether both were written alike for the same scheme. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint constraint && stated == constraint.stated && text.equals(constraint.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text as it was given, without blanks around it, {@code any} as {@code *}; {@link #parse(String)} takes it back. */
    @Override
    public String toString() {
        return stated == null ? text : stated + ":" + text;
    }
}
