package dev.axiom.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A name under which a package serves besides its own, such as {@code mail-agent}: {@code name} or {@code name@version}
 * in text.
 *
 * @param version which version of that name it counts as; null if it only satisfies requirements of any version
 */
public record Provided(PackageName name, @Nullable Version version) implements Comparable<Provided> {
    /**
     * Reads {@code name} or {@code name@version}.
     *
     * @throws AxiomException {@code INVALID} if the name or the version is not valid
     */
    public static Provided parse(String text) {
        return parse(text, VersionScheme.SEMVER);
    }

    /**
     * Reads {@code name} or {@code name@version}, the version in this scheme.
     *
     * @throws AxiomException {@code INVALID} if the name or the version is not valid
     */
    public static Provided parse(String text, VersionScheme scheme) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new Provided(new PackageName(text), null);
        }
        return new Provided(new PackageName(text.substring(0, at)), Version.parse(text.substring(at + 1), scheme));
    }

    /**
     * Whether it serves for a requirement, alternatives aside. A name without a version satisfies only those who do not ask
     * for one; for any version of one scheme may be asked, because the name belongs to none.
     */
    public boolean satisfies(Requirement requirement) {
        Constraint constraint = requirement.constraint();
        return name.equals(requirement.name())
                && (version == null ? constraint.allowsAll() : constraint.allows(version));
    }

    /** By name; a name alone comes before one with a version. */
    @Override
    public int compareTo(Provided other) {
        int order = name.compareTo(other.name);
        if (order != 0 || version == null || other.version == null) {
            return order != 0 ? order : Boolean.compare(version != null, other.version != null);
        }
        return version.compareTo(other.version);
    }

    /** The text form, which {@link #parse(String)} takes back. */
    @Override
    public String toString() {
        return version == null ? name.value() : name + "@" + version;
    }
}
