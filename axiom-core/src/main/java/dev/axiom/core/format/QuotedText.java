package dev.axiom.core.format;

import org.jspecify.annotations.Nullable;

/** Texts in double quotes, with the few escapes that Axiom writes. */
final class QuotedText {
    private QuotedText() {}

    /** The text in double quotes, in one line of characters that everybody can see. */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> append(quoted, c);
            }
        });
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        if (isClear(c)) {
            quoted.appendCodePoint(c);
        } else {
            quoted.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
        }
    }

    /** Whether the character can stand in a line as it is: no break, no control, no half of a pair, nothing unseen. */
    static boolean isClear(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != 0xFFFE && c != 0xFFFF;
        };
    }

    /** What a whole line in quotes says, or null if it is not as {@link #of} writes it. */
    static @Nullable String readOrGiveUp(String line) {
        int end = line.length() - 1;
        if (end < 1 || line.charAt(end) != '"') {
            return null;
        }
        StringBuilder value = new StringBuilder(end);
        for (int at = 1; at < end; at++) {
            char c = line.charAt(at);
            if (c == '\\') {
                at++;
                c = at < end ? meaning(line.charAt(at)) : 0;
            } else if (c == '"' || c < ' ' || c > '~') {
                return null;
            }
            if (c == 0) {
                return null;
            }
            value.append(c);
        }
        return value.toString();
    }

    /** What a character means behind a backslash; 0 for the rare ones, which are left to others. */
    private static char meaning(char escape) {
        return switch (escape) {
            case '"', '\\' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> 0;
        };
    }
}
