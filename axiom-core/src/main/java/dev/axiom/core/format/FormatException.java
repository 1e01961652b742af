package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A document breaks a rule. The message reads {@code file:line:column: field 'x': what is wrong}; lines and columns
 * count from 1, columns in characters. The code is {@code INVALID} for what a person wrote and {@code CORRUPT} for what
 * Axiom wrote.
 */
public final class FormatException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String source;
    private final int line;
    private final int column;
    private final @Nullable String field;

    /** @param field the path of the field, such as {@code resolved[3].version}; null if the document as a whole is wrong */
    FormatException(
            Source source, Place place, @Nullable String field, String problem, @Nullable AxiomException cause) {
        super(
                source.blame(),
                source.name() + ":" + place.line() + ":" + place.column() + ": "
                        + (field == null ? "" : "field '" + field + "': ") + problem,
                cause == null ? null : cause.hint(),
                cause);
        this.source = source.name();
        this.line = place.line();
        this.column = place.column();
        this.field = field;
    }

    /** The document's name, most often its path. */
    public String source() {
        return source;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column, in characters from 1. */
    public int column() {
        return column;
    }

    /** The path of the field, such as {@code resolved[3].version}; null if the document as a whole is wrong. */
    public @Nullable String field() {
        return field;
    }
}
