package dev.axiom.core.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Makes text of a document's bytes: UTF-8 without a single error, of bounded size, without control characters. */
final class SourceText {
    private SourceText() {}

    /** @throws FormatException at the first byte or character that must not be there */
    static String of(Source source) {
        checkSize(source);
        String text = decoded(source, source.bytes());
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                String problem = String.format("the character U+%04X is not allowed", (int) text.charAt(i));
                throw wrong(source, Place.in(text, i), problem);
            }
        }
        return text;
    }

    static void checkSize(Source source) {
        if (source.bytes().length > source.limit()) {
            throw wrong(source, Place.START, "the document is larger than " + (source.limit() >> 20) + " MiB");
        }
    }

    private static String decoded(Source source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String problem = String.format("the byte 0x%02X is not UTF-8", bytes[in.position()] & 0xFF);
            throw wrong(source, Place.in(text, text.length()), problem);
        }
        return text;
    }

    /** What YAML calls printable. A pair of surrogates is a character beyond U+FFFF; UTF-8 lets no single one through. */
    static boolean isAllowed(char c) {
        if (c < 0x20) {
            return c == '\n' || c == '\t' || c == '\r';
        }
        return c < 0x7F || c == 0x85 || (c >= 0xA0 && c < 0xFFFE);
    }

    private static FormatException wrong(Source source, Place place, String problem) {
        return new FormatException(source, place, null, problem, null);
    }
}
