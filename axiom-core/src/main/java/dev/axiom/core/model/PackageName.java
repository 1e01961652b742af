package dev.axiom.core.model;

/**
 * A package's name, such as {@code bash} or {@code g++}: 1 to 128 of {@code A-Z a-z 0-9 + . _ -}, the first a letter or
 * a digit. Ordered by code point.
 */
public record PackageName(String value) implements Comparable<PackageName> {
    private static final int LONGEST = 128;
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("+._-");

    /** @throws AxiomException {@code INVALID} if the grammar is not met */
    public PackageName {
        if (!isValid(value)) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "package name '" + value + "' is not valid: it must start with a letter or digit and hold only "
                            + "letters, digits, '+', '.', '_', '-' (128 at most)");
        }
    }

    /** Whether the text is a package's name. */
    public static boolean isValid(String text) {
        return REST.names(text, LONGEST);
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
