package dev.axiom.core.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The extended headers before one entry (POSIX: x, X, g; GNU: L, K). The library applies them; here is checked that they
 * can be understood in one way only: each at most once, so that they cannot nest deeply either, and no two for a name.
 */
final class TarExtensions {
    /** Longer ones are refused: 1 MiB. */
    static final int LIMIT = 1 << 20;

    /** The start of {@code "<length> <key>=<value>\n"}. */
    private static final Pattern RECORD_START = Pattern.compile("([1-9][0-9]{0,6}) ([^=]+)=");

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final String PATH = "path";
    private static final String TARGET = "linkpath";

    /** The headers met, and of what they say that of which an entry has only one. */
    private final Set<String> given = new HashSet<>();

    private boolean pathIsPosix;
    private boolean targetIsPosix;
    private boolean pathIsAbsolute;

    /** Whether a header of this type is an extended one. */
    static boolean isOne(byte type) {
        return switch (type) {
            case TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                    TarConstants.LF_PAX_EXTENDED_HEADER_UC,
                    TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER,
                    TarConstants.LF_GNUTYPE_LONGNAME,
                    TarConstants.LF_GNUTYPE_LONGLINK -> true;
            default -> false;
        };
    }

    /** Refusal of a file with holes. */
    static DamagedArchiveException sparse() {
        return new DamagedArchiveException("it has sparse files, which Axiom does not read; pack it without --sparse");
    }

    boolean isEmpty() {
        return given.isEmpty();
    }

    /** Takes note of a header before the library reads it. */
    void add(byte type, byte[] content) throws DamagedArchiveException {
        switch (type) {
            case TarConstants.LF_GNUTYPE_LONGNAME -> {
                once(PATH);
                pathIsAbsolute = content.length > 0 && content[0] == '/';
            }
            case TarConstants.LF_GNUTYPE_LONGLINK -> once(TARGET);
            case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> {
                once("global header");
                addRecords(content, true);
            }
            default -> {
                once("extended header");
                addRecords(content, false);
            }
        }
    }

    private void once(String what) throws DamagedArchiveException {
        if (!given.add(what)) {
            throw new DamagedArchiveException("an entry has more than one " + what);
        }
    }

    private void addRecords(byte[] content, boolean global) throws DamagedArchiveException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        Matcher start = RECORD_START.matcher(text);
        int at = 0;
        while (at < text.length()) {
            boolean starts = start.region(at, text.length()).lookingAt();
            int end = starts ? at + Integer.parseInt(start.group(1)) : 0;
            if (!starts || end <= start.end() || end > text.length() || text.charAt(end - 1) != '\n') {
                throw new DamagedArchiveException("an extended header is malformed");
            }
            addRecord(start.group(2), Arrays.copyOfRange(content, start.end(), end - 1), global);
            at = end;
        }
    }

    private void addRecord(String key, byte[] value, boolean global) throws DamagedArchiveException {
        if (key.startsWith("GNU.sparse")) {
            throw sparse();
        }
        boolean single = key.equals(PATH) || key.equals(TARGET) || key.equals("size");
        if (!single) {
            return;
        }
        if (global) {
            throw new DamagedArchiveException("a global header gives all entries the same " + key);
        }
        once(key);
        String text = EntryName.decode(value);
        if (key.equals(PATH)) {
            pathIsPosix = value.length > 0; // an empty value says that the header's own counts
            pathIsAbsolute = text.startsWith("/");
        } else if (key.equals(TARGET)) {
            targetIsPosix = value.length > 0;
        } else if (!SIZE.matcher(text).matches()) {
            throw new DamagedArchiveException("an extended header has the size '" + Vis.readable(text) + "'");
        }
    }

    /** The library decodes what a POSIX header has; all else it has as bytes. */
    String name(TarArchiveEntry entry) throws DamagedArchiveException {
        String name = pathIsPosix ? entry.getName() : decoded(entry.getName());
        return pathIsAbsolute ? "/" + name : name;
    }

    String target(TarArchiveEntry entry) throws DamagedArchiveException {
        return targetIsPosix ? entry.getLinkName() : decoded(entry.getLinkName());
    }

    private static String decoded(String bytes) throws DamagedArchiveException {
        return EntryName.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
