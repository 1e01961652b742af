package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** What every pool takes as properties: within the limits of ZFS's user properties (zfsprops(7)). */
public final class SealProperties {
    /** Longest value in bytes of UTF-8; ZFS stores 8,191. */
    public static final int MAX_VALUE = 8_000;

    private static final int MAX_KEY = 200;
    private static final Pattern KEY = Pattern.compile("[a-z0-9._-]+");

    private SealProperties() {}

    /**
     * Checks all keys and values before anything is written.
     *
     * @throws AxiomException {@code INVALID}, naming the key
     */
    public static void check(Map<String, String> properties) {
        properties.forEach((key, value) -> {
            if (key.length() > MAX_KEY || !KEY.matcher(key).matches()) {
                throw invalid(key, "keys are made of a-z 0-9 . _ -, " + MAX_KEY + " at most");
            }
            if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                throw invalid(key, "its value is not text");
            }
            if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
                throw invalid(key, "its value is longer than " + MAX_VALUE + " bytes");
            }
        });
    }

    private static AxiomException invalid(String key, String reason) {
        return new AxiomException(ErrorCode.INVALID, "the property '" + key + "' cannot be stored: " + reason);
    }
}
