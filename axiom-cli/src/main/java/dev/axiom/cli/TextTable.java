package dev.axiom.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows for people: columns as wide as their widest cell, with a heading, and numbers flush right where asked for. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] flushRight;

    /** @param headings one per column; a heading that starts with {@code >} makes its column flush right */
    public TextTable(String... headings) {
        this.flushRight = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            flushRight[i] = headings[i].startsWith(">");
        }
        rows.add(Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList());
    }

    /** Adds a row with as many cells as there are headings. */
    public TextTable row(Object... cells) {
        if (cells.length != flushRight.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + flushRight.length + " columns");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** Writes the table; nothing at all if it has no row, since a lone heading helps nobody. */
    public void write(Writer text) throws IOException {
        if (rows.size() == 1) {
            return;
        }
        int[] widths = widths();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : GAP);
                line.append(flushRight[i] ? padding + row.get(i) : row.get(i) + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private int[] widths() {
        int[] widths = new int[flushRight.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
