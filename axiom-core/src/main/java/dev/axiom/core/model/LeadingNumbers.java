package dev.axiom.core.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers between dots with which a version begins, such as 1, 2, 3 of {@code 1.2.3rc4}: all that {@code ~},
 * {@code ^} and {@code .*} look at.
 */
final class LeadingNumbers {
    private final String text;
    private final List<String> numbers = new ArrayList<>();

    LeadingNumbers(String text) {
        this.text = text;
        int start = 0;
        int end = Alphabet.DIGITS.end(text, start);
        while (end > start) {
            numbers.add(text.substring(start, end));
            start = end + 1;
            boolean goesOn = end < text.length() && text.charAt(end) == '.';
            end = goesOn ? Alphabet.DIGITS.end(text, start) : start;
        }
    }

    /** The least sequence of numbers above everything in reach: {@code 2} for {@code ^1.2.3}. */
    String next(VersionKey.Reach reach) {
        if (numbers.isEmpty()) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "'" + text + "' does not begin with a number, so '~', '^' and '.*' mean nothing");
        }
        int index =
                switch (reach) {
                    case TILDE -> numbers.size() <= 2 ? numbers.size() - 1 : numbers.size() - 2;
                    case CARET -> firstPositive();
                    case WILDCARD -> numbers.size() - 1;
                };
        List<String> result = new ArrayList<>(numbers.subList(0, index));
        result.add(new BigInteger(numbers.get(index)).add(BigInteger.ONE).toString());
        return String.join(".", result);
    }

    private int firstPositive() {
        for (int i = 0; i < numbers.size(); i++) {
            if (!numbers.get(i).chars().allMatch(digit -> digit == '0')) {
                return i;
            }
        }
        return numbers.size() - 1;
    }
}
