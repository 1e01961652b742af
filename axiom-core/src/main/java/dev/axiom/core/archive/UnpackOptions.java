package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;

/**
 * How to read a source.
 *
 * @param strip how many leading names to take off every path
 * @param allowSpecialModes whether set-user-id, set-group-id and sticky bits are kept; otherwise they are refused
 * @param limits what is refused as too much
 */
public record UnpackOptions(int strip, boolean allowSpecialModes, Limits limits) {
    /** Nothing stripped, no special modes, the default limits. */
    public static final UnpackOptions DEFAULT = new UnpackOptions(0, false, Limits.DEFAULT);

    /** @throws AxiomException {@code INVALID} if {@code strip} is negative */
    public UnpackOptions {
        if (strip < 0) {
            throw new AxiomException(ErrorCode.INVALID, "cannot strip " + strip + " names: it must be 0 or more");
        }
    }

    /** The same with another {@code strip}. */
    public UnpackOptions withStrip(int names) {
        return new UnpackOptions(names, allowSpecialModes, limits);
    }
}
