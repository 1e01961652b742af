package dev.axiom.core.model;

/**
 * A package that something needs, conflicts with, or offers: a name and which of its versions. {@code name@constraint}
 * in text, or the name alone for any version.
 */
public record Requirement(PackageName name, Constraint constraint) implements Comparable<Requirement> {

    /** Any version of a package. */
    public static Requirement of(PackageName name) {
        return new Requirement(name, Constraint.any());
    }

    /**
     * Reads {@code name} or {@code name@constraint}, such as {@code openssl@^3.0}.
     *
     * @throws AxiomException {@code INVALID} if the name or the constraint is not valid
     */
    public static Requirement parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return of(new PackageName(text));
        }
        return new Requirement(new PackageName(text.substring(0, at)), Constraint.parse(text.substring(at + 1)));
    }

    /** Whether this very package will do. */
    public boolean allows(PackageId id) {
        return name.equals(id.name()) && constraint.allows(id.version());
    }

    /** By name, then by the constraint's text. */
    @Override
    public int compareTo(Requirement other) {
        int order = name.compareTo(other.name);
        return order != 0 ? order : constraint.toString().compareTo(other.constraint.toString());
    }

    /** The text form, which {@link #parse} takes back. */
    @Override
    public String toString() {
        return constraint.kind() == Constraint.Kind.ANY ? name.value() : name + "@" + constraint;
    }
}
