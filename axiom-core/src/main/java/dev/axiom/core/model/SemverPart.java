package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One number or one word of a version text. Numbers come before words; numbers compare by size, however long, words by
 * their ASCII characters.
 *
 * @param text a number without leading zeros, or a word
 */
record SemverPart(boolean isNumber, String text) implements Comparable<SemverPart> {
    static final SemverPart ZERO = new SemverPart(true, "0");

    /** A whole identifier: a number if it is all digits, otherwise a word, as SemVer has it. */
    static SemverPart of(String identifier) {
        if (!Alphabet.DIGITS.spells(identifier)) {
            return new SemverPart(false, identifier);
        }
        int start = 0;
        while (start < identifier.length() - 1 && identifier.charAt(start) == '0') {
            start++;
        }
        return new SemverPart(true, identifier.substring(start));
    }

    /** Cuts a text where digits and letters meet ({@code rc10} into {@code rc}, {@code 10}) and at everything else. */
    static List<SemverPart> split(String text) {
        List<SemverPart> result = new ArrayList<>();
        for (int start = 0, end; start < text.length(); start = end) {
            end = Math.max(Alphabet.DIGITS.end(text, start), Alphabet.LETTERS.end(text, start));
            if (end > start) {
                result.add(of(text.substring(start, end)));
            } else {
                end++;
            }
        }
        return List.copyOf(result);
    }

    /** Compares part by part; where all are equal, the shorter list comes first. */
    static int compare(List<SemverPart> left, List<SemverPart> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Override
    public int compareTo(SemverPart other) {
        if (isNumber != other.isNumber) {
            return isNumber ? -1 : 1;
        }
        if (isNumber && text.length() != other.text.length()) {
            return Integer.compare(text.length(), other.text.length());
        }
        return text.compareTo(other.text);
    }
}
