package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The packages of an environment want the same paths for different things. Its code is {@code CONFLICT}. */
public final class EnvConflictException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    /** More than a screen of them help nobody. */
    private static final int SHOWN = 20;

    private final transient List<Conflict> conflicts;

    EnvConflictException(List<Conflict> conflicts) {
        super(
                ErrorCode.CONFLICT,
                describe(conflicts),
                "leave out all but one of them, or let one win with --on-conflict first or last",
                null);
        this.conflicts = List.copyOf(conflicts);
    }

    private static String describe(List<Conflict> conflicts) {
        String count = conflicts.size() == 1 ? "one path differs" : conflicts.size() + " paths differ";
        String list = conflicts.stream()
                .limit(SHOWN)
                .map(conflict -> "\n  " + conflict)
                .collect(Collectors.joining());
        String rest = conflicts.size() > SHOWN ? "\n  and " + (conflicts.size() - SHOWN) + " more" : "";
        return count + " between the packages:" + list + rest;
    }

    /** All of them, by path. */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
