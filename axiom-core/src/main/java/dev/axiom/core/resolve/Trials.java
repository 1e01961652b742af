package dev.axiom.core.resolve;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.Requirement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solves variants of a problem that has no solution, to find out what that hangs on. All of them together get a certain time
 * and may be so many; after that nothing more is found out.
 */
final class Trials {
    private static final int MOST = 2000;
    private static final Outcome UNKNOWN = new Outcome(null, null);

    private final PackageIndex index;
    private final Choices choices;
    private final Budget budget;
    private int left = MOST;

    Trials(PackageIndex index, Choices choices, Duration time) {
        this.index = index;
        this.choices = choices;
        this.budget = new Budget(time);
    }

    /** What a variant came to; neither if that was not found out. */
    record Outcome(@Nullable Resolution solution, @Nullable UnsolvableException failure) {}

    /** Whether nothing more will be found out. */
    boolean areOver() {
        return left <= 0;
    }

    /** The profile's choices, which all variants have that state no others. */
    Choices choices() {
        return choices;
    }

    Outcome of(List<Requirement> requirements) {
        return of(requirements, choices);
    }

    Outcome of(List<Requirement> requirements, Choices others) {
        if (left-- <= 0) {
            return UNKNOWN;
        }
        try {
            Catalog catalog = new Catalog(index, ResolvePolicy.of(others));
            return new Outcome(new Search(catalog, requirements, budget).run(), null);
        } catch (UnsolvableException e) {
            left = e.isGivenUp() ? 0 : left;
            return e.isGivenUp() ? UNKNOWN : new Outcome(null, e);
        } catch (AxiomException e) {
            return UNKNOWN; // what is left does not say which of two version schemes is meant
        }
    }
}
