package dev.axiom.core.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The last line of every document that only Axiom writes: {@code # end crc32c=1a2b3c4d}, over all bytes before it.
 *
 * <p>A lock file cut off between two packages is still good YAML, and one with a changed digit still names a package.
 * Both would make a collector take living packages for dead, so that neither may be read as if nothing were wrong. This
 * finds accidents (a checksum cannot stop somebody who may write the file). To YAML it is a comment.
 */
final class EndLine {
    private static final String START = "# end crc32c=";
    private static final int LENGTH = START.length() + 9;

    private EndLine() {}

    /** The line, with its newline, that belongs behind {@code text}. */
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, bytes.length);
    }

    private static String of(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return START + HexFormat.of().toHexDigits((int) sum.getValue()) + "\n";
    }

    /** Whether a line, with its newline, looks like one. */
    static boolean isOne(String line) {
        return line.startsWith(START) && line.length() == LENGTH;
    }

    /** Whether the last line of the first {@code length} bytes is there and belongs to what stands before it. */
    static boolean fits(byte[] bytes, int length) {
        int body = Math.max(0, length - LENGTH);
        byte[] line = of(bytes, body).getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(bytes, body, length, line, 0, line.length);
    }

    /** @throws FormatException if the last line is missing or does not belong to what stands before it */
    static void check(Source source) {
        byte[] bytes = source.bytes();
        if (fits(bytes, bytes.length)) {
            return;
        }
        int body = Math.max(0, bytes.length - LENGTH);
        String found = new String(bytes, body, bytes.length - body, StandardCharsets.UTF_8);
        String text = new String(bytes, StandardCharsets.UTF_8);
        throw new FormatException(
                source,
                Place.in(text, found.startsWith(START) ? text.length() - found.length() : text.length()),
                null,
                found.startsWith(START)
                        ? "the document is not as Axiom wrote it: its checksum differs"
                        : "the document is cut off: its last line, '" + START + "…', is missing",
                null);
    }
}
