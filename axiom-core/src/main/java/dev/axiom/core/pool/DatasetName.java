package dev.axiom.core.pool;

import dev.axiom.core.model.Alphabet;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;

/**
 * A dataset's name below its pool, such as {@code store/bash-5.2.15_1-0123456789abcdef}: components of
 * {@code A-Z a-z 0-9 . _ : -} with slashes between, 200 bytes at most, so that with pool and snapshot it keeps within
 * ZFS's 255 (zfs(8)). Ordered by code point.
 */
public record DatasetName(String value) implements Comparable<DatasetName> {
    /** Longest name in bytes; the rest of ZFS's 255 is for the pool's own name and {@code @sealed}. */
    public static final int MAX_LENGTH = 200;

    private static final Alphabet FIRST = Alphabet.ALPHANUMERIC.with("_");
    private static final Alphabet REST = FIRST.with(".:-");

    /** @throws AxiomException {@code INVALID} if the grammar is not met or it is too long */
    public DatasetName {
        if (!isValid(value)) {
            throw new AxiomException(ErrorCode.INVALID, "'" + value + "' is not a valid dataset name");
        }
    }

    static boolean isValid(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        int end = -1;
        do {
            int start = end + 1;
            if (start == text.length() || !FIRST.has(text.charAt(start))) {
                return false;
            }
            end = REST.end(text, start);
        } while (end < text.length() && text.charAt(end) == '/');
        return end == text.length();
    }

    /** Whether a file name found on disk can be a component at all. */
    public static boolean isComponent(String text) {
        return text.indexOf('/') < 0 && isValid(text);
    }

    public DatasetName child(String component) {
        return new DatasetName(value + "/" + component);
    }

    /** The last component. */
    public String leaf() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Written out, as is {@link #hashCode}: what a record makes of itself is linked at run time, and that is slow. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DatasetName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
