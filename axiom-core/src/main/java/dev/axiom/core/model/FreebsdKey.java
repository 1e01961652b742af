package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The place of a version in the order of {@link VersionScheme#FREEBSD}, as pkg-version(8) has it: the epoch behind the
 * last comma counts first, then the version, then the port's revision behind the last underscore.
 *
 * <p>A version is cut into parts, each a number, a letter and another number, where any may be missing. A part without
 * its first number comes before 0, so that {@code 1.rc1} and {@code 1.0.b2} come before {@code 1} and {@code 1.0}; a
 * letter behind a number comes after it ({@code 1a} after {@code 1}). The words {@code pl}, {@code alpha}, {@code beta},
 * {@code pre} and {@code rc} start a part of their own, and {@code pl} comes before any letter; of other words only the
 * first letter counts. Missing parts are 0. A plus sign ends what is compared part by part, and starts anew.
 *
 * @param blocks the parts between plus signs, without zeros at the end
 */
record FreebsdKey(long epoch, List<List<Part>> blocks, long revision, String text) implements VersionKey {
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with(".+_,");
    private static final List<String> STAGES = List.of("pl", "alpha", "beta", "pre", "rc");
    private static final int MISSING = -1;

    /** @param letter 0 for none (and for {@code pl}), 1 for a */
    record Part(long number, int letter, long patch) implements Comparable<Part> {
        static final Part ZERO = new Part(0, 0, 0);

        @Override
        public int compareTo(Part other) {
            int order = Long.compare(number, other.number);
            if (order == 0) {
                order = Integer.compare(letter, other.letter);
            }
            return order != 0 ? order : Long.compare(patch, other.patch);
        }
    }

    static FreebsdKey of(String text) {
        if (!REST.names(text, Integer.MAX_VALUE)) {
            throw VersionScheme.invalid(
                    text, "a FreeBSD version starts with a letter or digit and holds only these and . + _ ,");
        }
        int comma = text.lastIndexOf(',');
        String rest = comma < 0 ? text : text.substring(0, comma);
        int underscore = rest.lastIndexOf('_');
        String version = underscore < 0 ? rest : rest.substring(0, underscore);
        long epoch = comma < 0 ? 0 : number(text, text.substring(comma + 1), "the epoch, behind ','");
        long revision = underscore < 0 ? 0 : number(text, rest.substring(underscore + 1), "the revision, behind '_'");
        if (version.isEmpty() || version.indexOf(',') >= 0) {
            throw VersionScheme.invalid(text, "',' may stand once, before the epoch at its end");
        }
        return new FreebsdKey(epoch, blocks(version), revision, version);
    }

    private static long number(String text, String digits, String what) {
        if (!Alphabet.DIGITS.spells(digits)) {
            throw VersionScheme.invalid(text, what + ", must be a number");
        }
        return value(digits);
    }

    /** As pkg reads it: what is too large is as large as can be. */
    private static long value(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    private static List<List<Part>> blocks(String version) {
        List<List<Part>> result = new ArrayList<>();
        for (String block : version.split("\\+", -1)) {
            result.add(new Reader(block.toLowerCase(Locale.ROOT)).parts());
        }
        while (!result.isEmpty() && result.get(result.size() - 1).isEmpty()) {
            result.remove(result.size() - 1);
        }
        return List.copyOf(result);
    }

    @Override
    public String ceiling(Reach reach) {
        // "pl" without a number is the first of what may follow a number and a dot.
        return new LeadingNumbers(text).next(reach) + ".pl" + (epoch == 0 ? "" : "," + epoch);
    }

    @Override
    public int compareTo(VersionKey that) {
        FreebsdKey other = (FreebsdKey) that;
        int order = Long.compare(epoch, other.epoch);
        for (int i = 0; order == 0 && (i < blocks.size() || i < other.blocks.size()); i++) {
            order = compare(block(i), other.block(i));
        }
        return order != 0 ? order : Long.compare(revision, other.revision);
    }

    private List<Part> block(int index) {
        return index < blocks.size() ? blocks.get(index) : List.of();
    }

    private static int compare(List<Part> left, List<Part> right) {
        int order = 0;
        for (int i = 0; order == 0 && (i < left.size() || i < right.size()); i++) {
            order = (i < left.size() ? left.get(i) : Part.ZERO).compareTo(i < right.size() ? right.get(i) : Part.ZERO);
        }
        return order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FreebsdKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, blocks, revision);
    }

    /** Cuts one block, in lower case, into parts. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Part> parts() {
            List<Part> result = new ArrayList<>();
            while (at < text.length()) {
                result.add(part());
                while (at < text.length() && !Alphabet.ALPHANUMERIC.has(text.charAt(at))) {
                    at++;
                }
            }
            while (!result.isEmpty() && result.get(result.size() - 1).equals(Part.ZERO)) {
                result.remove(result.size() - 1);
            }
            return List.copyOf(result);
        }

        private Part part() {
            long number = digits();
            int end = Alphabet.LETTERS.end(text, at);
            if (end == at) {
                return new Part(number, 0, 0);
            }
            int stage = STAGES.indexOf(text.substring(at, end));
            if (stage >= 0 && number != MISSING) {
                return new Part(number, 0, 0); // the word starts the next part
            }
            int letter = stage == 0 ? 0 : text.charAt(at) - 'a' + 1;
            at = end;
            return new Part(number, letter, digits());
        }

        private long digits() {
            int start = at;
            at = Alphabet.DIGITS.end(text, start);
            return at == start ? MISSING : value(text.substring(start, at));
        }
    }
}
