package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The file that makes a folder a sealed dataset: its size and properties, a {@code key=value} a line. The last line is
 * a checksum of the others, so that a cut or changed file is noticed.
 */
final class SealFile {
    private static final String FIRST = "axiom-seal 1";
    private static final int LEADING = 2; // the first line and the size
    private static final int LAST_LINE = "end 01234567\n".length();

    private SealFile() {}

    record Content(Map<String, String> properties, long bytes) {}

    static byte[] write(Content content) {
        StringBuilder text = new StringBuilder(512);
        text.append(FIRST).append('\n').append(content.bytes()).append('\n');
        new TreeMap<>(content.properties())
                .forEach((key, value) ->
                        text.append(key).append('=').append(escape(value)).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        return text.append(lastLine(body, body.length)).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String lastLine(byte[] body, int length) {
        CRC32C sum = new CRC32C();
        sum.update(body, 0, length);
        return "end " + HexFormat.of().toHexDigits((int) sum.getValue()) + "\n";
    }

    /** @throws AxiomException {@code CORRUPT}, naming the file, if this is not what {@link #write} made */
    static Content read(Path file, byte[] bytes) {
        int length = Math.max(0, bytes.length - LAST_LINE);
        String text = decode(file, bytes);
        if (!text.endsWith(lastLine(bytes, length))) {
            throw corrupt(file, "it is cut off or changed: its checksum does not fit");
        }
        String body = text.substring(0, text.length() - LAST_LINE); // the last line is ASCII
        String[] lines = body.split("\n", -1); // the last is empty: what is behind the last line end
        if (lines.length <= LEADING || !lines[0].equals(FIRST)) {
            throw corrupt(file, "it is not a seal of this version");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = LEADING; i < lines.length - 1; i++) {
            int equals = lines[i].indexOf('=');
            if (equals < 1) {
                throw corrupt(file, "line " + (i + 1) + " has no '='");
            }
            properties.put(lines[i].substring(0, equals), unescape(lines[i].substring(equals + 1)));
        }
        return new Content(properties, size(file, lines[1]));
    }

    private static String decode(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw corrupt(file, "it is not UTF-8");
        }
    }

    private static long size(Path file, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw corrupt(file, "line 2 is not a number");
        }
    }

    private static AxiomException corrupt(Path file, String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                "the seal " + file + " is damaged: " + reason,
                "nothing was removed; restore the package, or move its folder out of the pool and add it again",
                null);
    }

    private static String escape(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\\') < 0
                ? value
                : value.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                c = value.charAt(++i) == 'n' ? '\n' : '\\';
            }
            out.append(c);
        }
        return out.toString();
    }
}
