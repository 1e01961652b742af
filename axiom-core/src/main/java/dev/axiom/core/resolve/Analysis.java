package dev.axiom.core.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a conflict teaches. Starting with an incompatibility all of whose terms are true, it resolves the term
 * that became true last with what made it true, until only one term depends on the latest decision. What comes out
 * holds for ever, whatever is decided, and shows how far to go back.
 */
final class Analysis {
    private final Trail trail;
    private final Incompatibility conflict;
    private final Map<Slot, Placed> terms = new HashMap<>();
    private final TreeSet<Placed> order = new TreeSet<>(Comparator.comparingInt(Placed::position));
    private final List<Reason.Step> steps = new ArrayList<>();

    private Analysis(Trail trail, Incompatibility conflict) {
        this.trail = trail;
        this.conflict = conflict;
        for (int i = 0; i < conflict.size(); i++) {
            put(conflict.term(i));
        }
    }

    /**
     * What a conflict teaches.
     *
     * @param incompatibility what holds for ever; without any term if there is no solution
     * @param level where to go back to; there, all terms but one are true
     * @param open the slot of that one term, which is false then; null if there is no solution
     */
    record Lesson(Incompatibility incompatibility, int level, @Nullable Slot open) {}

    static Lesson of(Incompatibility conflict, Trail trail) {
        return new Analysis(trail, conflict).run();
    }

    /** A term with the step that made it true; every step is about one slot, so no two terms have the same. */
    private record Placed(Term term, int position) {}

    private Lesson run() {
        while (!order.isEmpty()) {
            Placed latest = order.last();
            Assignment step = trail.get(latest.position);
            int previous = previousLevel(latest, step);
            Incompatibility cause = step.cause();
            if (cause == null || previous < step.level()) {
                return new Lesson(learned(), previous, step.slot());
            }
            resolve(step.slot(), cause);
        }
        return new Lesson(learned(), 0, null);
    }

    /** The level at which everything was true but what the latest step added. */
    private int previousLevel(Placed latest, Assignment step) {
        Placed before = order.lower(latest);
        int level = before == null ? 0 : trail.get(before.position).level();
        Domain set = latest.term.set();
        if (!step.allowed().isSubsetOf(set)) {
            // The step made the term true only together with an earlier one about the same name.
            Domain rest = set.or(step.slot().all().minus(step.allowed()));
            level = Math.max(level, trail.satisfier(step.slot(), rest).level());
        }
        return level;
    }

    private void resolve(Slot slot, Incompatibility cause) {
        steps.add(new Reason.Step(slot, cause));
        for (int i = 0; i < cause.size(); i++) {
            Term added = cause.term(i);
            Placed known = terms.get(added.slot());
            if (known == null) {
                put(added);
            } else {
                Domain set = known.term.set();
                put(new Term(added.slot(), added.slot() == slot ? set.or(added.set()) : set.and(added.set())));
            }
        }
    }

    private void put(Term term) {
        Placed former = terms.remove(term.slot());
        if (former != null) {
            order.remove(former);
        }
        // A term that everything satisfies says nothing.
        if (!term.set().equals(term.slot().all())) {
            Placed placed =
                    new Placed(term, trail.satisfier(term.slot(), term.set()).position());
            terms.put(term.slot(), placed);
            order.add(placed);
        }
    }

    private Incompatibility learned() {
        if (steps.isEmpty() && !terms.isEmpty()) {
            return conflict;
        }
        Term[] latestFirst = order.descendingSet().stream().map(Placed::term).toArray(Term[]::new);
        return new Incompatibility(latestFirst, new Reason.Learned(conflict, List.copyOf(steps)));
    }
}
