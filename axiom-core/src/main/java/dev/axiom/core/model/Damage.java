package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

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

    /** What each comes to, but for those that are damaged, of which {@code trouble} is told. */
    public static <T, R> List<R> passingOver(List<T> all, Function<T, R> reading, Consumer<AxiomException> trouble) {
        List<R> sound = new ArrayList<>();
        for (T one : all) {
            try {
                sound.add(reading.apply(one));
            } catch (AxiomException e) {
                trouble.accept(only(e));
            }
        }
        return sound;
    }
}
