package dev.axiom.core.model;

import java.util.function.Consumer;

/** What readers of the store do about damage. */
public final class Damage {
    /** Stops the reader at the first damage. */
    public static final Consumer<AxiomException> STOP = damage -> {
        throw damage;
    };

    private Damage() {}

    /**
     * Returns a failure that is damage.
     *
     * @throws AxiomException the failure itself if its code is another than {@code CORRUPT}
     */
    public static AxiomException only(AxiomException failure) {
        if (failure.code() != ErrorCode.CORRUPT) {
            throw failure;
        }
        return failure;
    }
}
