package dev.axiom.core.archive;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a tar archive: old, POSIX (ustar, pax) and GNU. Stricter than most readers, because what two
 * readers understand differently is where attacks hide: every checksum must be right, names must be UTF-8, the end mark
 * must be there, and only zeros may follow it.
 */
final class TarReader {
    /** Everything in a tar archive comes in multiples of this many bytes. */
    static final int RECORD = 512;

    /** Extended headers longer than this are refused: 1 MiB. */
    private static final int EXTENSION_LIMIT = 1 << 20;

    private static final int NANO_DIGITS = 9;

    private final InputStream in;
    private final byte[] record = new byte[RECORD];
    private final Map<String, String> global = new HashMap<>();
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** Whether a file that starts with these bytes can be a tar archive. */
    static boolean isHeader(byte[] start) {
        if (start.length < RECORD) {
            return false;
        }
        TarRecord record = new TarRecord(start);
        try {
            return record.isEnd() || record.hasRightChecksum();
        } catch (DamagedArchiveException e) {
            return false;
        }
    }

    /**
     * The next entry, or null at the archive's end. What is left of the last entry's content is passed over.
     *
     * @throws DamagedArchiveException if the archive breaks its format's rules
     */
    @Nullable
    TarHeader next() throws IOException {
        Map<String, String> extended = new HashMap<>(global);
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            TarRecord header = header();
            if (header == null) {
                return null;
            }
            switch (header.type()) {
                case 'x' -> readExtended(header.size(), extended);
                case 'g' -> {
                    readExtended(header.size(), global);
                    extended.putAll(global);
                }
                case 'L' -> extended.put("path", longText(header.size()));
                case 'K' -> extended.put("linkpath", longText(header.size()));
                default -> {
                    return entry(header, extended);
                }
            }
        }
    }

    /** Reads the current entry's content; 0 at its end. */
    int read(byte[] target) throws IOException {
        int wanted = (int) Math.min(target.length, left);
        int done = in.readNBytes(target, 0, wanted);
        if (done < wanted) {
            throw new DamagedArchiveException("it is cut off");
        }
        left -= done;
        return done;
    }

    private @Nullable TarRecord header() throws IOException {
        if (in.readNBytes(record, 0, RECORD) < RECORD) {
            throw new DamagedArchiveException("it is cut off: its end mark is missing");
        }
        TarRecord header = new TarRecord(record);
        if (header.isEnd()) {
            expectOnlyZeros();
            return null;
        }
        if (!header.hasRightChecksum()) {
            throw new DamagedArchiveException("a header has a wrong checksum");
        }
        return header;
    }

    private void expectOnlyZeros() throws IOException {
        byte[] rest = new byte[8192];
        int length;
        while ((length = in.readNBytes(rest, 0, rest.length)) > 0) {
            for (int i = 0; i < length; i++) {
                if (rest[i] != 0) {
                    throw new DamagedArchiveException("there is something behind its end mark");
                }
            }
        }
    }

    private TarHeader entry(TarRecord header, Map<String, String> extended) throws IOException {
        if (extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))) {
            throw new DamagedArchiveException(
                    "it has sparse files, which Axiom does not read; pack it without --sparse");
        }
        String name = extended.containsKey("path") ? extended.get("path") : utf8(header.name());
        String target = extended.containsKey("linkpath") ? extended.get("linkpath") : utf8(header.target());
        String size = extended.get("size");
        left = size == null ? header.size() : parseSize(size);
        padding = padding(left);
        String time = extended.get("mtime");
        char type = header.type();
        boolean oldFolder = (type == 0 || type == '0') && name.endsWith("/");
        return new TarHeader(
                name,
                target,
                oldFolder ? '5' : type,
                header.mode(),
                left,
                time == null ? Instant.ofEpochSecond(header.modified()) : parseTime(time));
    }

    /** The name in a GNU entry of type L or K, which ends with a NUL. */
    private String longText(long size) throws IOException {
        byte[] bytes = extension(size);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return utf8(Arrays.copyOf(bytes, end));
    }

    /** Records of the form {@code "<length> <key>=<value>\n"}. */
    private void readExtended(long size, Map<String, String> into) throws IOException {
        byte[] bytes = extension(size);
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int space = at;
            int length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length < bytes.length) {
                length = length * 10 + bytes[space++] - '0';
            }
            int end = at + length;
            if (end > bytes.length || end <= space + 1 || bytes[space] != ' ' || bytes[end - 1] != '\n') {
                throw new DamagedArchiveException("an extended header is malformed");
            }
            putExtended(bytes, space + 1, end - 1, into);
            at = end;
        }
    }

    private static void putExtended(byte[] bytes, int from, int to, Map<String, String> into) throws IOException {
        int equals = from;
        while (equals < to && bytes[equals] != '=') {
            equals++;
        }
        if (equals == to) {
            throw new DamagedArchiveException("an extended header is malformed");
        }
        String key = new String(bytes, from, equals - from, StandardCharsets.ISO_8859_1);
        if (key.equals("path") || key.equals("linkpath")) {
            into.put(key, utf8(Arrays.copyOfRange(bytes, equals + 1, to)));
        } else {
            into.put(key, new String(bytes, equals + 1, to - equals - 1, StandardCharsets.ISO_8859_1));
        }
    }

    private byte[] extension(long size) throws IOException {
        if (size > EXTENSION_LIMIT) {
            throw new DamagedArchiveException("an extended header has " + size + " bytes");
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new DamagedArchiveException("it is cut off");
        }
        padding = padding(size);
        return bytes;
    }

    private static long padding(long size) {
        return (RECORD - size % RECORD) % RECORD;
    }

    private static long parseSize(String text) throws DamagedArchiveException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new DamagedArchiveException("an extended header has the size '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static Instant parseTime(String text) throws DamagedArchiveException {
        if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{0,30})?")) {
            throw new DamagedArchiveException("an extended header has the time '" + text + "'");
        }
        long nanos = new BigDecimal(text.endsWith(".") ? text + "0" : text)
                .movePointRight(NANO_DIGITS)
                .longValue();
        return Instant.ofEpochSecond(0, nanos);
    }

    private static String utf8(byte[] bytes) throws DamagedArchiveException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DamagedArchiveException("entry '" + Vis.readable(new String(bytes, StandardCharsets.UTF_8))
                    + "' has a name that is not UTF-8");
        }
    }
}
