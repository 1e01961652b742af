package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What all documents' texts and lists must hold to: texts cannot disturb a terminal, lists repeat nothing. */
public final class Texts {
    /** The most UTF-16 units of a text of one line. */
    public static final int MAX_LINE = 4096;

    /** The most UTF-16 units of a text of several lines. */
    public static final int MAX_PROSE = 65_536;

    private Texts() {}

    /**
     * Gives back a text of one line.
     *
     * @param what the text's name in errors, such as {@code the license}
     * @throws AxiomException {@code INVALID} if it is too long, or holds a tab, a line break or a control character
     */
    public static String requireLine(String what, String text) {
        if (text.length() > MAX_LINE) {
            throw invalid(what + " is longer than " + MAX_LINE + " characters");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\t') >= 0) {
            throw invalid(what + " must be one line without tabs");
        }
        return requireProse(what, text);
    }

    /**
     * Gives back a text that may have several lines.
     *
     * @param what the text's name in errors, such as {@code the description}
     * @throws AxiomException {@code INVALID} if it is too long or holds a control character that is no newline or tab
     */
    public static String requireProse(String what, String text) {
        if (text.length() > MAX_PROSE) {
            throw invalid(what + " is longer than " + MAX_PROSE + " characters");
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
            if (control || Character.getType(c) == Character.SURROGATE) {
                throw invalid(what + String.format(" holds the character U+%04X, which is not allowed", c));
            }
        }
        return text;
    }

    /**
     * The value that documents and people call {@code name}.
     *
     * @param what kind of value it is, such as {@code strategy}
     * @param values all there are, each of which calls itself by {@code toString}
     * @throws AxiomException {@code INVALID} if none is called so; the message lists them
     */
    public static <T> T named(String what, String name, T[] values) {
        for (T value : values) {
            if (value.toString().equals(name)) {
                return value;
            }
        }
        List<String> all = Arrays.stream(values).map(Object::toString).toList();
        throw invalid(what + " '" + name + "' is not known: it must be " + join(all, "or"));
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}, if {@code word} is {@code or}. */
    public static String join(List<String> parts, String word) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " " + word + " " + parts.get(last);
    }

    /** The values in their order, unchangeable; no two may have the same key. */
    static <T extends Comparable<? super T>> List<T> sorted(String what, Collection<T> values, Function<T, ?> key) {
        Set<Object> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(key.apply(value))) {
                throw invalid(what + " hold '" + key.apply(value) + "' twice");
            }
        }
        List<T> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return List.copyOf(sorted);
    }

    static void requireNoAlternatives(String what, Collection<Requirement> requirements) {
        for (Requirement requirement : requirements) {
            if (!requirement.others().isEmpty()) {
                throw invalid(what + " cannot have alternatives: '" + requirement + "'");
            }
        }
    }

    static void requireAtLeast(String what, int value, int least) {
        if (value < least) {
            throw invalid(what + " must be " + least + " or more, not " + value);
        }
    }

    static AxiomException invalid(String message) {
        return new AxiomException(ErrorCode.INVALID, message);
    }
}
