package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what others may change meanwhile, again and again, until one reading holds together. */
public final class Rereading {
    /** How often; what changes each time is not being used, something is wrong with it. */
    public static final int TRIES = 100;

    private Rereading() {}

    /**
     * The first reading that holds together.
     *
     * @param what how messages call it, such as {@code "environment 'dev'"}
     * @param reading empty if something changed in between
     * @throws AxiomException {@code BUSY} if something changed in between each time
     */
    public static <T> T of(String what, Supplier<Optional<T>> reading) {
        for (int i = 0; i < TRIES; i++) {
            Optional<T> read = reading.get();
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new AxiomException(ErrorCode.BUSY, what + " changes faster than it can be read", "try again", null);
    }
}
