package dev.axiom.core.format;

import java.util.function.Function;

/** How every document is read: text, tree, value, and for those that only Axiom writes its last line. */
final class Document {
    private Document() {}

    /**
     * Reads a document that people may edit wherever it lies.
     *
     * @throws FormatException if it breaks a rule; no other exception, whatever the bytes are
     */
    static <T> T open(Source source, Function<Field, T> read) {
        String text = SourceText.of(source);
        Node canonical = CanonicalReader.readOrGiveUp(text);
        return read.apply(Field.root(source, canonical != null ? canonical : YamlReader.read(source, text)));
    }

    /**
     * Reads a document that, if it is of the store, only Axiom writes. That its bytes are not those that were written is
     * said first: what is wrong in one that is cut off, say, would lead nobody to the cause.
     *
     * @throws FormatException if it breaks a rule; no other exception, whatever the bytes are
     */
    static <T> T closed(Source source, Function<Field, T> read) {
        if (source.isOfStore()) {
            checkClosed(source);
        }
        return open(source, read);
    }

    /** @throws FormatException if a document of the store is not as Axiom wrote it */
    static void checkClosed(Source source) {
        SourceText.checkSize(source);
        EndLine.check(source);
    }
}
