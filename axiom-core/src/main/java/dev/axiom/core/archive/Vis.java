package dev.axiom.core.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The escapes of vis(3) that mtree(5) uses: a byte that is no printable ASCII, or has a meaning in a listing, becomes a
 * backslash and three octal digits.
 */
final class Vis {
    private Vis() {}

    /** Appends the text, escaped. */
    static void encode(String text, StringBuilder to) {
        if (isPlain(text)) {
            to.append(text);
            return;
        }
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            int value = Byte.toUnsignedInt(each);
            if (isPlain((char) value)) {
                to.append((char) value);
            } else {
                to.append('\\')
                        .append((char) ('0' + (value >> 6)))
                        .append((char) ('0' + (value >> 3 & 7)))
                        .append((char) ('0' + (value & 7)));
            }
        }
    }

    /** The text that {@link #encode} made this of, or null if it cannot have. */
    static @Nullable String decode(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char each = escaped.charAt(i);
            if (each != '\\') {
                bytes.write(each);
                continue;
            }
            int value = octal(escaped, i + 1);
            if (value < 0) {
                return null;
            }
            bytes.write(value);
            i += 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** For messages: letters of every script stay, control characters are escaped, so that no name drives a terminal. */
    static String readable(String text) {
        StringBuilder readable = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            if (Character.isISOControl(each) || Character.getType(each) == Character.FORMAT) {
                readable.append(String.format("\\u%04x", each));
            } else {
                readable.appendCodePoint(each);
            }
        });
        return readable.length() <= 300 ? readable.toString() : readable.substring(0, 300) + "…";
    }

    private static int octal(String text, int from) {
        int value = 0;
        if (from + 3 > text.length()) {
            return -1;
        }
        for (int i = from; i < from + 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = value << 3 | digit;
        }
        return value > 255 ? -1 : value;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char each) {
        return switch (each) {
            case '\\', '#', '*', '?', '[' -> false;
            default -> each > ' ' && each < 0x7f;
        };
    }
}
