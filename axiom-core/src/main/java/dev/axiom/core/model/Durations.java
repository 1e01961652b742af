package dev.axiom.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spans of time as people write them: {@code 24h}, {@code 7d}, {@code 90m}, {@code 1h30m}, {@code 250ms}, {@code 0}.
 *
 * <p>Whole numbers with the units {@code w d h m s ms}, each at most once and the larger first; only zero needs no
 * unit. A day is 24 hours. The longest span is 36500 days, so that adding one to a date never overflows.
 */
public final class Durations {
    /** The longest span that is understood: a hundred years. */
    public static final Duration MAX = Duration.ofDays(36_500);

    private static final Pattern PART = Pattern.compile("([0-9]+)([A-Za-z]*)");
    private static final List<Unit> UNITS = List.of(
            new Unit("w", Duration.ofDays(7)),
            new Unit("d", Duration.ofDays(1)),
            new Unit("h", Duration.ofHours(1)),
            new Unit("m", Duration.ofMinutes(1)),
            new Unit("s", Duration.ofSeconds(1)),
            new Unit("ms", Duration.ofMillis(1)));

    private record Unit(String name, Duration length) {}

    private Durations() {}

    /**
     * Reads what a person wrote.
     *
     * @throws AxiomException {@code INVALID} if the text is no span of time, or longer than {@link #MAX}
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        int nextUnit = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw invalid(text, "write whole numbers with units, such as 24h, 7d or 1h30m");
            }
            int unit = unit(text, matcher.group(2));
            if (unit < nextUnit) {
                throw invalid(text, "each unit may stand once, the larger first");
            }
            sum = sum.plus(length(text, matcher.group(1), UNITS.get(unit)));
            nextUnit = unit + 1;
            at = matcher.end();
        }
        return checked(text, sum);
    }

    private static int unit(String text, String name) {
        for (int i = 0; i < UNITS.size(); i++) {
            if (UNITS.get(i).name().equals(name)) {
                return i;
            }
        }
        throw invalid(
                text,
                name.isEmpty()
                        ? "a unit is missing; units are w, d, h, m, s, ms"
                        : "'" + name + "' is no unit; units are w, d, h, m, s, ms");
    }

    private static Duration length(String text, String digits, Unit unit) {
        if (digits.length() > 15) {
            throw tooLong(text);
        }
        long count = Long.parseLong(digits);
        if (count > MAX.dividedBy(unit.length())) {
            throw tooLong(text);
        }
        return unit.length().multipliedBy(count);
    }

    private static Duration checked(String text, Duration sum) {
        if (text.isEmpty()) {
            throw invalid(text, "it is empty");
        }
        if (sum.compareTo(MAX) > 0) {
            throw tooLong(text);
        }
        return sum;
    }

    private static AxiomException tooLong(String text) {
        return invalid(text, "the longest span is " + MAX.toDays() + "d");
    }

    private static AxiomException invalid(String text, String why) {
        return new AxiomException(ErrorCode.INVALID, "duration '" + text + "' is not valid: " + why);
    }

    /**
     * Exact to the millisecond, so that {@link #parse} gives the value again: {@code 1d}, {@code 1h30m}, {@code 0}.
     * Weeks are written as days, which are easier to compare.
     */
    public static String format(Duration span) {
        String text = String.join("", parts(span));
        return text.isEmpty() ? "0" : text;
    }

    /** For people: the two largest units, {@code 2d 3h} or {@code 45s}; what is below is cut off. */
    public static String human(Duration span) {
        List<String> parts = parts(span);
        return parts.isEmpty() ? "0s" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
    }

    private static List<String> parts(Duration span) {
        List<String> parts = new ArrayList<>();
        Duration rest = span;
        for (Unit unit : UNITS.subList(1, UNITS.size())) {
            long count = rest.dividedBy(unit.length());
            if (count > 0) {
                parts.add(count + unit.name());
                rest = rest.minus(unit.length().multipliedBy(count));
            }
        }
        return parts;
    }
}
