package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A stream broke off, and what it brought is kept. */
public final class PartlyReceivedException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String rest;

    /** @param rest what the sender has to know to send the rest */
    public PartlyReceivedException(String message, String rest, @Nullable Throwable cause) {
        this(message, rest, null, cause);
    }

    private PartlyReceivedException(String message, String rest, @Nullable String hint, @Nullable Throwable cause) {
        super(ErrorCode.UNAVAILABLE, message, hint, cause);
        this.rest = rest;
    }

    /** The same, for who knows what was sent and how it goes on. */
    public PartlyReceivedException saying(String what, String hint) {
        return new PartlyReceivedException(what + ": " + getMessage(), rest, hint, this);
    }

    /** For {@link Transfer#send}: names what is missing. One word. */
    public String rest() {
        return rest;
    }
}
