package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file that makes a folder a sealed dataset: its size and properties, a {@code key=value} a line. The last line
 * counts the others, so that a cut file is noticed.
 */
final class SealFile {
    private static final String FIRST = "axiom-seal 1";
    private static final String LAST = "end ";

    private SealFile() {}

    record Content(Map<String, String> properties, long bytes) {}

    static byte[] write(Content content) {
        StringBuilder text = new StringBuilder(512);
        text.append(FIRST).append('\n').append(content.bytes()).append('\n');
        new TreeMap<>(content.properties())
                .forEach((key, value) ->
                        text.append(key).append('=').append(escape(value)).append('\n'));
        text.append(LAST).append(content.properties().size()).append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws AxiomException {@code CORRUPT}, naming the file, if this is not what {@link #write} made */
    static Content read(Path file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", -1);
        int count = lines.length - 4; // first line, size, last line, and nothing behind its line end
        if (count < 0 || !lines[0].equals(FIRST) || !lines[count + 2].equals(LAST + count)) {
            throw corrupt(file, "it is cut off or not a seal");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 2; i < count + 2; i++) {
            int equals = lines[i].indexOf('=');
            if (equals < 1) {
                throw corrupt(file, "line " + (i + 1) + " has no '='");
            }
            properties.put(lines[i].substring(0, equals), unescape(lines[i].substring(equals + 1)));
        }
        return new Content(properties, size(file, lines[1]));
    }

    private static long size(Path file, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw corrupt(file, "line 2 is not a number");
        }
    }

    private static AxiomException corrupt(Path file, String reason) {
        return new AxiomException(ErrorCode.CORRUPT, file + ": " + reason);
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
