package dev.axiom.core.archive;

import java.io.IOException;
import java.io.Serial;

/** An archive breaks its own format's rules. The package's border makes an {@code INVALID} of it. */
final class DamagedArchiveException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean namesEntry;

    DamagedArchiveException(String message) {
        super(message);
        this.namesEntry = false;
    }

    /** What is wrong is one entry: {@code how} goes on where its name ends. */
    DamagedArchiveException(String entry, String how) {
        super("entry '" + Vis.readable(entry) + "' " + how);
        this.namesEntry = true;
    }

    /** Whether the message says which entry it is about. */
    boolean namesEntry() {
        return namesEntry;
    }
}
