package dev.axiom.cli;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a listing cannot understand. One damaged thing must not hide the others: the listing shows these first, and then
 * tells of it and ends with its exit code.
 */
public final class Troubles {
    private final List<AxiomException> all = new ArrayList<>();

    /** What {@code look} finds; empty if it is damaged, which is remembered, or went since it was listed. */
    public <T> Optional<T> look(Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (AxiomException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                add(e);
            }
            return Optional.empty();
        }
    }

    /** Remembers damage; throws what is something else. */
    public void add(AxiomException trouble) {
        if (trouble.code() != ErrorCode.CORRUPT && trouble.code() != ErrorCode.INVALID) {
            throw trouble;
        }
        all.add(trouble);
    }

    /** Whether nothing is damaged so far. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells of all, behind what was shown. @return the exit code: the first one's, 0 if there is none */
    public int tell(Output output) {
        if (!all.isEmpty()) {
            output.flush();
        }
        return all.stream().map(output::complain).reduce(0, (first, next) -> first == 0 ? next : first);
    }
}
