package dev.axiom.core.model;

import java.util.Objects;

/**
 * The place of a version in the order of {@link VersionScheme#DEBIAN}, as Debian's policy manual defines it in 5.6.12:
 * the epoch counts first, then the upstream version, then the revision; a missing epoch or revision counts as 0. The two
 * texts are compared in turns: what is no digit character by character, letters before everything else but {@code ~},
 * which comes even before the end; then what is digits, as a number.
 *
 * @param epoch digits without leading zeros; empty for 0
 */
record DebianKey(String epoch, String upstream, String revision) implements VersionKey {
    private static final Alphabet UPSTREAM = Alphabet.ALPHANUMERIC.with(".+-~:");
    private static final Alphabet REVISION = Alphabet.ALPHANUMERIC.with(".+~");

    /** A greater epoch is refused by dpkg too. */
    private static final int LONGEST_EPOCH = 9;

    static DebianKey of(String text) {
        int colon = text.indexOf(':');
        String epoch = colon < 0 ? "" : text.substring(0, colon);
        if (colon >= 0 && (!Alphabet.DIGITS.spells(epoch) || epoch.length() > LONGEST_EPOCH)) {
            throw VersionScheme.invalid(text, "what stands before ':' must be a number, the epoch");
        }
        int dash = text.lastIndexOf('-');
        String upstream = text.substring(colon + 1, dash < 0 ? text.length() : Math.max(dash, colon + 1));
        String revision = dash < 0 ? "" : text.substring(dash + 1);
        if (!UPSTREAM.names(upstream, Integer.MAX_VALUE)) {
            throw VersionScheme.invalid(
                    text, "a Debian version starts with a letter or digit and holds only these and . + - ~ :");
        }
        if (dash >= 0 && !REVISION.spells(revision)) {
            throw VersionScheme.invalid(text, "a Debian revision, behind the last '-', holds letters, digits, + . ~");
        }
        return new DebianKey(withoutZeros(epoch), upstream, revision);
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    @Override
    public String ceiling(Reach reach) {
        // Nothing that anybody writes comes before two tildes, so that no prerelease of the next version is let in.
        return (epoch.isEmpty() ? "" : epoch + ":") + new LeadingNumbers(upstream).next(reach) + "~~";
    }

    @Override
    public int compareTo(VersionKey that) {
        DebianKey other = (DebianKey) that;
        int order = compare(epoch, other.epoch);
        if (order == 0) {
            order = compare(upstream, other.upstream);
        }
        return order != 0 ? order : compare(revision, other.revision);
    }

    private static int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() || j < right.length()) {
            while (isWord(left, i) || isWord(right, j)) {
                int order = Integer.compare(weight(left, i), weight(right, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endLeft = Alphabet.DIGITS.end(left, Math.min(i, left.length()));
            int endRight = Alphabet.DIGITS.end(right, Math.min(j, right.length()));
            int order = compareNumbers(left, i, endLeft, right, j, endRight);
            if (order != 0) {
                return order;
            }
            i = endLeft;
            j = endRight;
        }
        return 0;
    }

    private static boolean isWord(String text, int index) {
        return index < text.length() && !Alphabet.DIGITS.has(text.charAt(index));
    }

    /** The end and a digit weigh nothing; the tilde less; a letter less than any other character. */
    private static int weight(String text, int index) {
        if (!isWord(text, index)) {
            return 0;
        }
        char c = text.charAt(index);
        if (c == '~') {
            return -1;
        }
        return Alphabet.LETTERS.has(c) ? c : c + Character.MAX_VALUE;
    }

    private static int compareNumbers(String left, int from, int end, String right, int fromRight, int endRight) {
        int i = from;
        int j = fromRight;
        while (i < end && left.charAt(i) == '0') {
            i++;
        }
        while (j < endRight && right.charAt(j) == '0') {
            j++;
        }
        int order = Integer.compare(end - i, endRight - j);
        for (; order == 0 && i < end; i++, j++) {
            order = Character.compare(left.charAt(i), right.charAt(j));
        }
        return order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DebianKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash(epoch), hash(upstream), hash(revision));
    }

    /** Without zeros, which may count for nothing. */
    private static int hash(String text) {
        int result = 0;
        for (int i = 0; i < text.length(); i++) {
            result = text.charAt(i) == '0' ? result : 31 * result + text.charAt(i);
        }
        return result;
    }
}
