package dev.axiom.core.os;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names as text. To Linux a name is bytes; nearly all are UTF-8. One that is not keeps each odd byte as a lone surrogate
 * (U+DC80 to U+DCFF), so that the text still leads to the file.
 */
final class FileNames {
    private static final int ESCAPE = 0xdc00;

    private FileNames() {}

    /** The text, or null if the bytes are not UTF-8. */
    static @Nullable String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The text of bytes that are not UTF-8. */
    static String escape(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder(bytes.limit());
        for (int i = 0; i < bytes.limit(); i++) {
            byte each = bytes.get(i);
            text.append((char) (each >= 0 ? each : ESCAPE + (each & 0xff)));
        }
        return text.toString();
    }

    /** The bytes that this is the text of. */
    static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isEscaped(text) ? unescape(text) : bytes;
    }

    private static boolean isEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEscape(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at))
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static byte[] unescape(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isEscape(text, i)) {
                bytes.put(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
                start = i + 1;
                if (i < text.length()) {
                    bytes.put((byte) (text.charAt(i) - ESCAPE));
                }
            }
        }
        byte[] whole = new byte[bytes.position()];
        bytes.get(0, whole);
        return whole;
    }
}
