package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A package that something needs, conflicts with, or offers: a name and which of its versions, and what would do
 * instead. {@code name@constraint} in text, or the name alone for any version; alternatives with a bar between, as in
 * {@code mail-agent | postfix@^3}.
 *
 * @param others what will do as well, the more welcome first; none of them has others in turn
 */
public record Requirement(PackageName name, Constraint constraint, List<Requirement> others)
        implements Comparable<Requirement> {
    /** One bar; two belong to a constraint. */
    private static final Pattern BAR = Pattern.compile("(?<!\\|)\\|(?!\\|)");

    /** Puts the others' own alternatives beside them. */
    public Requirement {
        others = others.stream().flatMap(other -> other.alternatives().stream()).toList();
    }

    /** A requirement that only packages of one name meet, or those that provide the name. */
    public Requirement(PackageName name, Constraint constraint) {
        this(name, constraint, List.of());
    }

    /** Any version of a package. */
    public static Requirement of(PackageName name) {
        return new Requirement(name, Constraint.any());
    }

    /** Whatever comes first in the list, or else any of the rest; the same again is left out. The list must not be empty. */
    public static Requirement anyOf(List<Requirement> alternatives) {
        List<Requirement> all = alternatives.stream()
                .flatMap(alternative -> alternative.alternatives().stream())
                .distinct()
                .toList();
        Requirement first = all.get(0);
        return all.size() == 1 ? first : new Requirement(first.name, first.constraint, all.subList(1, all.size()));
    }

    /**
     * Reads {@code name} or {@code name@constraint}, such as {@code openssl@^3.0}, or several with bars between.
     *
     * @throws AxiomException {@code INVALID} if a name or a constraint is not valid
     */
    public static Requirement parse(String text) {
        if (text.indexOf('|') < 0) {
            return parseOne(text);
        }
        return anyOf(BAR.splitAsStream(text)
                .map(String::strip)
                .map(Requirement::parseOne)
                .toList());
    }

    private static Requirement parseOne(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return of(new PackageName(text));
        }
        return new Requirement(new PackageName(text.substring(0, at)), Constraint.parse(text.substring(at + 1)));
    }

    /** Everything that meets it, each without alternatives; itself alone if it has none. */
    public List<Requirement> alternatives() {
        if (others.isEmpty()) {
            return List.of(this);
        }
        List<Requirement> result = new ArrayList<>();
        result.add(new Requirement(name, constraint));
        result.addAll(others);
        return result;
    }

    /** By what it is told from others in one list: its name; if it has alternatives, all of its text. */
    public String key() {
        return others.isEmpty() ? name.value() : toString();
    }

    /** Whether this very package will do. */
    public boolean allows(PackageId id) {
        return (name.equals(id.name()) && constraint.allows(id.version()))
                || others.stream().anyMatch(other -> other.allows(id));
    }

    /** By name, then by the text. */
    @Override
    public int compareTo(Requirement other) {
        int order = name.compareTo(other.name);
        if (order == 0) {
            order = constraint.toString().compareTo(other.constraint.toString());
        }
        return order != 0 || (others.isEmpty() && other.others.isEmpty())
                ? order
                : toString().compareTo(other.toString());
    }

    /** The text form, which {@link #parse} takes back. */
    @Override
    public String toString() {
        return others.isEmpty()
                ? one()
                : alternatives().stream().map(Requirement::one).collect(Collectors.joining(" | "));
    }

    private String one() {
        return constraint.isAny() && constraint.kind() == Constraint.Kind.ANY ? name.value() : name + "@" + constraint;
    }
}
