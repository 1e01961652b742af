package dev.axiom.core.archive;

import java.io.IOException;
import java.io.Serial;

/** An archive breaks its own format's rules. The package's border makes an {@code INVALID} of it. */
final class DamagedArchiveException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    DamagedArchiveException(String message) {
        super(message);
    }
}
