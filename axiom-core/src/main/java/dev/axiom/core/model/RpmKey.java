package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The place of a version in the order of {@link VersionScheme#RPM}: epoch, version and release, each cut into numbers and
 * words. At the first difference {@code ~} comes before the end, the end before {@code ^}, that before a word, a word
 * before a number. What else stands between them only separates. A missing epoch is 0; a version without a release, as a
 * bound, stands for all releases.
 *
 * @param release null if the text names none, which comes before any
 */
record RpmKey(List<Token> epoch, List<Token> version, List<Token> release, boolean hasRelease, String text)
        implements VersionKey {
    private static final Alphabet PART = Alphabet.ALPHANUMERIC.with("._+~^");

    private enum Kind {
        TILDE,
        END,
        CARET,
        WORD,
        NUMBER
    }

    /** @param text of a number without leading zeros */
    private record Token(Kind kind, String text) {}

    private static final Token END = new Token(Kind.END, "");

    static RpmKey of(String text) {
        int colon = text.indexOf(':');
        String epoch = colon < 0 ? "0" : text.substring(0, colon);
        if (!Alphabet.DIGITS.spells(epoch)) {
            throw VersionScheme.invalid(text, "what stands before ':' must be a number, the epoch");
        }
        int dash = text.lastIndexOf('-');
        String version = text.substring(colon + 1, dash < 0 ? text.length() : Math.max(dash, colon + 1));
        String release = dash < 0 ? "" : text.substring(dash + 1);
        if (!PART.spells(version) || (dash >= 0 && !PART.spells(release))) {
            throw VersionScheme.invalid(
                    text, "version and release of an RPM, with '-' between, hold letters, digits and . _ + ~ ^");
        }
        return new RpmKey(tokens(epoch), tokens(version), tokens(release), dash >= 0, version);
    }

    private static List<Token> tokens(String text) {
        List<Token> result = new ArrayList<>();
        for (int start = 0, end; start < text.length(); start = end) {
            char c = text.charAt(start);
            end = Math.max(Alphabet.DIGITS.end(text, start), Alphabet.LETTERS.end(text, start));
            if (end > start) {
                result.add(token(text.substring(start, end)));
            } else {
                end = start + 1;
                if (c == '~' || c == '^') {
                    result.add(new Token(c == '~' ? Kind.TILDE : Kind.CARET, ""));
                }
            }
        }
        return List.copyOf(result);
    }

    private static Token token(String text) {
        if (!Alphabet.DIGITS.has(text.charAt(0))) {
            return new Token(Kind.WORD, text);
        }
        int start = 0;
        while (start < text.length() && text.charAt(start) == '0') {
            start++;
        }
        return new Token(Kind.NUMBER, text.substring(start));
    }

    @Override
    public boolean standsForItsBuilds() {
        return !hasRelease;
    }

    @Override
    public String ceiling(Reach reach) {
        String before = epoch.get(0).text();
        return (before.isEmpty() ? "" : before + ":") + new LeadingNumbers(text).next(reach) + "~~";
    }

    @Override
    public int compareApartFromBuild(VersionKey that) {
        RpmKey other = (RpmKey) that;
        int order = compare(epoch, other.epoch);
        return order != 0 ? order : compare(version, other.version);
    }

    @Override
    public int compareTo(VersionKey that) {
        RpmKey other = (RpmKey) that;
        int order = compareApartFromBuild(other);
        if (order == 0) {
            order = Boolean.compare(hasRelease, other.hasRelease);
        }
        return order != 0 ? order : compare(release, other.release);
    }

    private static int compare(List<Token> left, List<Token> right) {
        for (int i = 0; i < left.size() || i < right.size(); i++) {
            int order = compare(i < left.size() ? left.get(i) : END, i < right.size() ? right.get(i) : END);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(Token left, Token right) {
        int order = left.kind.compareTo(right.kind);
        if (order == 0 && left.kind == Kind.NUMBER) {
            order = Integer.compare(left.text.length(), right.text.length());
        }
        return order != 0 ? order : left.text.compareTo(right.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RpmKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, version, release, hasRelease);
    }
}
