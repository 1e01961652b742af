package dev.axiom.core.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * Reads each of many, so that one that is damaged does not hide the others.
     *
     * @param all parallel if the reading may be
     * @param reading empty for what is not there
     * @param trouble told of each that is damaged, in their order, in this thread; what it throws passes through
     */
    public static <T, R> List<R> passingOver(
            Stream<T> all, Function<T, Optional<R>> reading, Consumer<AxiomException> trouble) {
        List<Reading<R>> each = all.map(one -> read(one, reading)).toList();
        each.forEach(one -> Optional.ofNullable(one.damage).ifPresent(trouble));
        return each.stream().flatMap(one -> one.result.stream()).toList();
    }

    /** What reading one of them came to. */
    private record Reading<R>(Optional<R> result, @Nullable AxiomException damage) {}

    private static <T, R> Reading<R> read(T one, Function<T, Optional<R>> reading) {
        try {
            return new Reading<>(reading.apply(one), null);
        } catch (AxiomException e) {
            return new Reading<>(Optional.empty(), only(e));
        }
    }
}
