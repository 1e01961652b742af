package dev.axiom.core.model;

/**
 * The first 16 hex digits of the SHA-256 over a package's canonical tree and metadata: the same content has the same id
 * on every machine.
 */
public record BuildId(String value) implements Comparable<BuildId> {
    /** How many hex digits a build id has. */
    public static final int LENGTH = 16;

    /** @throws AxiomException {@code INVALID} if this is not 16 lower-case hex digits */
    public BuildId {
        if (value.length() != LENGTH || !Alphabet.HEX.spells(value)) {
            throw new AxiomException(
                    ErrorCode.INVALID, "build id '" + value + "' is not valid: it must be 16 digits of 0-9a-f");
        }
    }

    @Override
    public int compareTo(BuildId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
