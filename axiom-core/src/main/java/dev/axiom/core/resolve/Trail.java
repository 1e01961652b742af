package dev.axiom.core.resolve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All steps of the search that stand, in order; the last ones can be taken back. */
final class Trail {
    private final Agenda agenda;
    private final List<Assignment> steps = new ArrayList<>();
    private int level;
    private int followed;

    Trail(Agenda agenda) {
        this.agenda = agenda;
    }

    Assignment get(int position) {
        return steps.get(position);
    }

    /** How many decisions stand. */
    int level() {
        return level;
    }

    /** Supposes that what becomes of a name is in the set, to see whether that goes well. */
    void decide(Slot slot, Domain allowed) {
        level++;
        push(slot, allowed, null);
    }

    /** Chooses a candidate, to see whether that goes well. */
    void decide(Slot slot, int candidate) {
        decide(slot, Domain.only(candidate, slot.candidates().size()));
    }

    /** Concludes that a term is false, because all other terms of the cause are true. */
    void derive(Term term, Incompatibility cause) {
        push(term.slot(), term.slot().all().minus(term.set()), cause);
    }

    private void push(Slot slot, Domain allowed, @Nullable Incompatibility cause) {
        Domain remaining = slot.domain().and(allowed);
        Assignment step = new Assignment(slot, allowed, remaining, level, steps.size(), cause);
        steps.add(step);
        slot.history().add(step);
        agenda.update(slot);
    }

    /** Takes back every step above a level. */
    void backTo(int target) {
        for (int last = steps.size() - 1; last >= 0 && steps.get(last).level() > target; last--) {
            Slot slot = steps.remove(last).slot();
            slot.history().remove(slot.history().size() - 1);
            agenda.update(slot);
        }
        level = target;
        followed = Math.min(followed, steps.size());
    }

    /** The first step whose consequences nobody has looked at yet, which counts as looked at from now on; or null. */
    @Nullable
    Assignment follow() {
        return followed < steps.size() ? steps.get(followed++) : null;
    }

    /** The first step after which the slot's domain was within the set; there must be one. */
    Assignment satisfier(Slot slot, Domain set) {
        List<Assignment> history = slot.history();
        int low = 0;
        int high = history.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.get(middle).remaining().isSubsetOf(set)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return history.get(low);
    }
}
