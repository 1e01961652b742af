package dev.axiom.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link YamlWriter} writes, and gives up at anything else, for {@link YamlReader} to judge. It is here for
 * speed alone: a short-lived program that only reads Axiom's own documents need not load a YAML parser, and a lock file
 * of 2,000 packages takes a tenth of the time. Where it does not give up its tree is the one that {@link YamlReader}
 * would give, places included; a test compares the two.
 */
final class CanonicalReader {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_NAME = 64;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int nodes;

    /** Carries no trace: it only says "give up". */
    private static final class NotCanonical extends Exception {
        private static final long serialVersionUID = 1;

        private NotCanonical() {
            super(null, null, false, false);
        }
    }

    private CanonicalReader(String text) {
        this.text = text;
    }

    /** The document's tree, or null if it is not written as {@link YamlWriter} writes. */
    static @Nullable Node readOrGiveUp(String text) {
        CanonicalReader reader = new CanonicalReader(text);
        try {
            Node root = reader.entries(0, 1);
            return reader.isAtEnd() ? root : null;
        } catch (NotCanonical e) {
            return null;
        }
    }

    /** Nothing but, perhaps, one last line of comment. */
    private boolean isAtEnd() {
        if (at == text.length()) {
            return true;
        }
        int end = text.length() - 1;
        return text.charAt(at) == '#' && text.charAt(end) == '\n' && isAscii(text.substring(at, end));
    }

    private static boolean isAscii(String line) {
        return line.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private Node.Entries entries(int indent, int depth) throws NotCanonical {
        Place place = place();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        do {
            Place placeOfName = place();
            String name = name();
            if (entries.put(name, new Node.Entry(placeOfName, value(indent, depth))) != null) {
                throw new NotCanonical();
            }
        } while (skipIndent(indent));
        countNodes(entries.size() + 1);
        return new Node.Entries(place, entries);
    }

    /** What stands behind a name and its colon, to the start of the next line. */
    private Node value(int indent, int depth) throws NotCanonical {
        if (depth == MAX_DEPTH) {
            throw new NotCanonical();
        }
        if (!take('\n')) {
            require(' ');
            return text.startsWith("[]\n", at) ? noItems() : text();
        }
        startLine();
        for (int i = 0; i < indent + 2; i++) {
            require(' ');
        }
        return text.startsWith("- ", at) ? items(indent + 2, depth + 1) : entries(indent + 2, depth + 1);
    }

    private Node noItems() throws NotCanonical {
        Place place = place();
        at += 3;
        startLine();
        countNodes(1);
        return new Node.Items(place, List.of());
    }

    private Node items(int indent, int depth) throws NotCanonical {
        Place place = place();
        List<Node> items = new ArrayList<>();
        do {
            require('-');
            require(' ');
            items.add(isName() ? entries(indent + 2, depth + 1) : text());
        } while (skipIndent(indent));
        countNodes(1);
        return new Node.Items(place, items);
    }

    /** Whether the next line has exactly this indent; if so, goes behind it. Only the last lines may have less. */
    private boolean skipIndent(int indent) {
        int end = at;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        if (end - at != indent || end == text.length() || text.charAt(end) == '#') {
            return false;
        }
        at = end;
        return true;
    }

    private boolean isName() {
        int end = endOfName();
        return end > at
                && text.startsWith(":", end)
                && (text.startsWith(" ", end + 1) || text.startsWith("\n", end + 1));
    }

    private String name() throws NotCanonical {
        int end = endOfName();
        if (end == at || end - at > MAX_NAME) {
            throw new NotCanonical();
        }
        String name = text.substring(at, end);
        at = end;
        require(':');
        return name;
    }

    private int endOfName() {
        int end = at;
        while (end < text.length() && isOfName(text.charAt(end), end == at)) {
            end++;
        }
        return end;
    }

    private static boolean isOfName(char c, boolean first) {
        return (c >= 'a' && c <= 'z') || (!first && (c == '_' || c == '-' || (c >= '0' && c <= '9')));
    }

    private Node.Text text() throws NotCanonical {
        countNodes(1);
        Place place = place();
        int end = text.indexOf('\n', at);
        if (end <= at) {
            throw new NotCanonical();
        }
        String line = text.substring(at, end);
        boolean plain = line.charAt(0) != '"';
        String value = plain ? plain(line) : QuotedText.readOrGiveUp(line);
        if (value == null) {
            throw new NotCanonical();
        }
        at = end + 1;
        startLine();
        return new Node.Text(place, value, plain);
    }

    private static @Nullable String plain(String line) {
        if (YamlWriter.INDICATORS.indexOf(line.charAt(0)) >= 0 || line.charAt(0) == ' ') {
            return null;
        }
        char before = ' ';
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' || c > '~' || (before == ':' && c == ' ') || (before == ' ' && c == '#')) {
                return null;
            }
            before = c;
        }
        return before == ':' || before == ' ' ? null : line;
    }

    private void countNodes(int more) throws NotCanonical {
        nodes += more;
        if (nodes > YamlReader.MAX_NODES) {
            throw new NotCanonical();
        }
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char c) throws NotCanonical {
        if (!take(c)) {
            throw new NotCanonical();
        }
    }

    private void startLine() {
        line++;
        lineStart = at;
    }

    private Place place() {
        return new Place(line, at - lineStart + 1);
    }
}
