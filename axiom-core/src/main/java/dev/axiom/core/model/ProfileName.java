package dev.axiom.core.model;

import java.util.regex.Pattern;

/**
 * The name of a profile, the list of packages somebody wants together: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a
 * letter or a digit. Ordered by code point.
 */
public record ProfileName(String value) implements Comparable<ProfileName> {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws AxiomException {@code INVALID} if the grammar is not met */
    public ProfileName {
        if (!GRAMMAR.matcher(value).matches()) {
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
