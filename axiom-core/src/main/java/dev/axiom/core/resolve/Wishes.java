package dev.axiom.core.resolve;

import dev.axiom.core.model.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optional dependencies of what is chosen: what to try when everything that must be decided is. One that cannot be
 * met is passed over; it is never a reason to choose anything else differently.
 */
final class Wishes {
    private final Catalog catalog;
    private final boolean wanted;
    private int next;
    private boolean changed;

    Wishes(Catalog catalog) {
        this.catalog = catalog;
        this.wanted = catalog.policy().choices().optional();
    }

    /** To be called when steps were taken back. */
    void startOver() {
        next = 0;
        changed = false;
    }

    /** A wish of a chosen package that is not met and can perhaps be; null if there is none left. */
    @Nullable
    Term open(Propagation propagation) {
        while (wanted && (next < catalog.slots().size() || changed)) {
            if (next == catalog.slots().size()) {
                startOver(); // what was chosen since may be a slot that we had passed
            }
            Term wish = open(catalog.slots().get(next), propagation);
            if (wish != null) {
                changed = true;
                return wish;
            }
            next++;
        }
        return null;
    }

    private @Nullable Term open(Slot slot, Propagation propagation) {
        int chosen = slot.domain().single();
        if (chosen < 0) {
            return null;
        }
        for (Requirement wish :
                slot.candidates().get(chosen).optional().stream().sorted().toList()) {
            List<Term> alternatives = catalog.satisfying(wish);
            alternatives.forEach(term -> propagation.meet(term.slot()));
            if (alternatives.stream().noneMatch(Term::isSatisfied)) {
                Term best = Propagation.preferred(alternatives);
                if (best != null) {
                    return best;
                }
            }
        }
        return null;
    }
}
