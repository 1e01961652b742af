package dev.axiom.core.format;

import org.yaml.snakeyaml.error.Mark;

/** Where in a document something stands; both numbers count from 1. */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of the character at {@code index}, which may be just behind the end. */
    static Place in(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, 1 + text.codePointCount(lineStart, index));
    }
}
