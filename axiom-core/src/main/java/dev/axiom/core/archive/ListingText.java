package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a listing. */
final class ListingText {
    private static final Pattern LINE = Pattern.compile("\\./(?<path>[!-~]+) (?:"
            + "type=file mode=(?<fileMode>0[0-7]{3,4}) size=(?<size>0|[1-9][0-9]{0,18}) sha256digest=(?<sha256>[0-9a-f]{64})"
            + "|type=dir mode=(?<folderMode>0[0-7]{3,4})"
            + "|type=link mode=0777 link=(?<target>[!-~]+))");

    private ListingText() {}

    static byte[] write(List<TreeEntry> entries) {
        StringBuilder text = new StringBuilder(entries.size() * 128);
        entries.forEach(entry -> writeLine(entry, text));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeLine(TreeEntry entry, StringBuilder text) {
        text.append("./");
        Vis.encode(entry.path(), text);
        text.append(" type=").append(entry.type().word()).append(" mode=0");
        String octal = Integer.toOctalString(entry.mode());
        text.append("0".repeat(Math.max(0, 3 - octal.length()))).append(octal);
        switch (entry.type()) {
            case FILE ->
                text.append(" size=")
                        .append(entry.size())
                        .append(" sha256digest=")
                        .append(entry.sha256());
            case LINK -> {
                text.append(" link=");
                Vis.encode(entry.target(), text);
            }
            case FOLDER -> {}
        }
        text.append('\n');
    }

    static List<TreeEntry> parse(String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<TreeEntry> entries = new ArrayList<>();
        StringBuilder again = new StringBuilder();
        String previous = null;
        int start = 0;
        while (start < text.length()) {
            String where = name + ":" + (entries.size() + 1);
            int end = text.indexOf('\n', start);
            if (end < 0) {
                throw corrupt(where, "the last line is cut off");
            }
            String line = text.substring(start, end);
            TreeEntry entry = parseLine(where, line);
            again.setLength(0);
            writeLine(entry, again);
            if (!again.toString().equals(line + "\n")) {
                throw corrupt(where, "this is not the canonical form of the entry");
            }
            if (previous != null && TreeListing.compareBytes(previous, entry.path()) >= 0) {
                throw corrupt(where, "the path is not behind that of the line before");
            }
            previous = entry.path();
            entries.add(entry);
            start = end + 1;
        }
        return List.copyOf(entries);
    }

    private static TreeEntry parseLine(String where, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw corrupt(where, "this is not a line of a listing");
        }
        String path = decode(where, "path", parts.group("path"));
        if (!isInside(path)) {
            throw corrupt(where, "the path '" + Vis.readable(path) + "' is not one below the tree");
        }
        if (parts.group("sha256") != null) {
            return TreeEntry.file(
                    path, octal(parts.group("fileMode")), size(where, parts.group("size")), parts.group("sha256"));
        }
        if (parts.group("target") != null) {
            return TreeEntry.link(path, decode(where, "link", parts.group("target")));
        }
        return TreeEntry.folder(path, octal(parts.group("folderMode")));
    }

    private static String decode(String where, String field, String escaped) {
        String text = Vis.decode(escaped);
        if (text == null || text.indexOf('\0') >= 0) {
            throw corrupt(where, field + ": '" + escaped + "' is not escaped as it must be");
        }
        return text;
    }

    private static long size(String where, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw corrupt(where, "size: " + digits + " is too large");
        }
    }

    private static int octal(String digits) {
        return Integer.parseInt(digits, 8);
    }

    private static boolean isInside(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static AxiomException corrupt(String where, String what) {
        return new AxiomException(ErrorCode.CORRUPT, where + ": " + what);
    }
}
