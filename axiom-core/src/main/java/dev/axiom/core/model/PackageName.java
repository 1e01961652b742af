package dev.axiom.core.model;

import java.util.regex.Pattern;

/**
 * A package's name, such as {@code bash} or {@code g++}: 1 to 128 of {@code A-Z a-z 0-9 + . _ -}, the first a letter or
 * a digit. Ordered by code point.
 */
public record PackageName(String value) implements Comparable<PackageName> {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");

    /** @throws AxiomException {@code INVALID} if the grammar is not met */
    public PackageName {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "package name '" + value + "' is not valid: it must start with a letter or digit and hold only "
                            + "letters, digits, '+', '.', '_', '-' (128 at most)");
        }
    }

    @Override
    public int compareTo(PackageName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
