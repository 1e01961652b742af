package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A source has an entry that Axiom does not take, for the sake of safety or clarity. Its code is {@code INVALID}. */
public final class EntryRefusedException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String entry;

    EntryRefusedException(String source, String entry, String reason) {
        this(source, entry, reason, null);
    }

    EntryRefusedException(String source, String entry, String reason, @Nullable String hint) {
        super(ErrorCode.INVALID, source + ": entry '" + Vis.readable(entry) + "' " + reason, hint, null);
        this.entry = entry;
    }

    /** The entry's name as the source has it. */
    public String entry() {
        return entry;
    }
}
