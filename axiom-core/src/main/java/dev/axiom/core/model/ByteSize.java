package dev.axiom.core.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of storage in bytes, as people write it: {@code 10G}, {@code 512MiB}, {@code 1.5 GB}, {@code 4096}.
 *
 * <p>{@code K}, {@code M}, {@code G}, {@code T}, {@code P} alone or with {@code iB} are powers of 1024; with {@code B}
 * they are powers of 1000, as in coreutils. Case does not matter. A fraction of a byte is cut off.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,19})(\\.[0-9]{1,9})? ?([A-Za-z]{0,3})");
    private static final String PREFIXES = "KMGTP";
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("kb", 1_000L),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("mb", 1_000_000L),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("t", 1L << 40),
            Map.entry("tib", 1L << 40),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("p", 1L << 50),
            Map.entry("pib", 1L << 50),
            Map.entry("pb", 1_000_000_000_000_000L));

    /**
     * Takes a number of bytes.
     *
     * @throws AxiomException {@code INVALID} if negative
     */
    public ByteSize {
        if (bytes < 0) {
            throw new AxiomException(ErrorCode.INVALID, "size " + bytes + " is negative");
        }
    }

    /**
     * Reads what a person wrote.
     *
     * @throws AxiomException {@code INVALID} if the text is no size, or larger than a signed 64-bit number of bytes
     */
    public static ByteSize parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "write a number and a unit, such as 10G, 512MiB or 1.5GB");
        }
        Long unit = UNITS.get(matcher.group(3).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw invalid(
                    text, "'" + matcher.group(3) + "' is no unit; units are B, K, M, G, T, P, KiB … PiB, KB … PB");
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        BigDecimal bytes = new BigDecimal(matcher.group(1) + fraction).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text, "it must be below 8192 PiB");
        }
        return new ByteSize(bytes.longValue());
    }

    private static AxiomException invalid(String text, String why) {
        return new AxiomException(ErrorCode.INVALID, "size '" + text + "' is not valid: " + why);
    }

    /** For people, in powers of 1024 with one decimal: {@code 512 B}, {@code 1.5 GiB}. */
    public String human() {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = 1;
        while (power < PREFIXES.length() && tenths(power) >= 10 * 1024) {
            power++;
        }
        long tenths = tenths(power);
        return tenths / 10 + "." + tenths % 10 + " " + PREFIXES.charAt(power - 1) + "iB";
    }

    /** In tenths of 1024 to that power, rounded half up. */
    private long tenths(int power) {
        int bits = 10 * power;
        long rest = bytes & ((1L << bits) - 1);
        return (bytes >> bits) * 10 + ((rest * 10 + (1L << (bits - 1))) >> bits);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Exact and as short as it can be, so that {@link #parse} gives this value again: {@code 10GiB}, {@code 1500}. */
    @Override
    public String toString() {
        int power = Math.min(Long.numberOfTrailingZeros(bytes) / 10, PREFIXES.length());
        if (bytes == 0 || power == 0) {
            return Long.toString(bytes);
        }
        return (bytes >> (10 * power)) + PREFIXES.substring(power - 1, power) + "iB";
    }
}
