package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.util.regex.Pattern;

/**
 * A dataset's name below its pool, such as {@code store/bash-5.2.15_1-0123456789abcdef}: components of
 * {@code A-Z a-z 0-9 . _ : -} with slashes between, 200 bytes at most, so that with pool and snapshot it keeps within
 * ZFS's 255 (zfs(8)). Ordered by code point.
 */
public record DatasetName(String value) implements Comparable<DatasetName> {
    /** Longest name in bytes; the rest of ZFS's 255 is for the pool's own name and {@code @sealed}. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern GRAMMAR =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:-]*(/[A-Za-z0-9_][A-Za-z0-9._:-]*)*");

    /** @throws AxiomException {@code INVALID} if the grammar is not met or it is too long */
    public DatasetName {
        if (!isValid(value)) {
            throw new AxiomException(ErrorCode.INVALID, "'" + value + "' is not a valid dataset name");
        }
    }

    static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
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

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
