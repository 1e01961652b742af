package dev.axiom.core.model;

/**
 * The name of a profile, the list of packages somebody wants together: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a
 * letter or a digit. Ordered by code point.
 */
public record ProfileName(String value) implements Comparable<ProfileName> {
    private static final int LONGEST = 64;
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("._-");

    /** @throws AxiomException {@code INVALID} if the grammar is not met */
    public ProfileName {
        if (!REST.names(value, LONGEST)) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "profile name '" + value + "' is not valid: it must start with a letter or digit and hold only "
                            + "letters, digits, '.', '_', '-' (64 at most)");
        }
    }

    @Override
    public int compareTo(ProfileName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
