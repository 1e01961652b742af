package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What reading one of many datasets came to: so that one damaged dataset does not hide the others.
 *
 * @param dataset empty if it is not there, or damaged
 */
record Sound(Optional<Dataset> dataset, @Nullable AxiomException damage) {

    /**
     * Reads each.
     *
     * @param names parallel if the reading may be
     * @param trouble told of each that is damaged, in the names' order, in this thread; what it throws passes through
     */
    static <T> List<Dataset> among(
            Stream<T> names, Function<T, Optional<Dataset>> reading, Consumer<AxiomException> trouble) {
        List<Sound> all = names.map(name -> of(name, reading)).toList();
        all.forEach(one -> Optional.ofNullable(one.damage).ifPresent(trouble));
        return all.stream().flatMap(one -> one.dataset.stream()).toList();
    }

    private static <T> Sound of(T name, Function<T, Optional<Dataset>> reading) {
        try {
            return new Sound(reading.apply(name), null);
        } catch (AxiomException e) {
            return new Sound(Optional.empty(), Damage.only(e));
        }
    }
}
