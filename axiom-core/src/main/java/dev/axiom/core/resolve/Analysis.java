package dev.axiom.core.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a conflict teaches. Starting with an incompatibility all of whose terms are true, it resolves the term
 * that became true last with what made it true, until only one term depends on the latest decision. What comes out
 * holds for ever, whatever is decided, and shows how far to go back.
 */
final class Analysis {
    private final Trail trail;
    private final Incompatibility conflict;
    private final Map<Slot, Domain> terms = new HashMap<>();
    /** The terms by the step that made each true. Each slot has one, and each step belongs to one slot. */
    private final TreeMap<Integer, Slot> satisfiers = new TreeMap<>();

    private final Map<Slot, Integer> positions = new HashMap<>();
    private final List<Reason.Step> steps = new ArrayList<>();

    private Analysis(Trail trail, Incompatibility conflict) {
        this.trail = trail;
        this.conflict = conflict;
        for (int i = 0; i < conflict.size(); i++) {
            put(conflict.term(i).slot(), conflict.term(i).set());
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

    private Lesson run() {
        while (!terms.isEmpty()) {
            Assignment last = trail.get(satisfiers.lastKey());
            Domain term = terms.get(last.slot());
            int previous = previousLevel(last, term);
            Incompatibility cause = last.cause();
            if (cause == null || previous < last.level()) {
                return new Lesson(learned(), previous, last.slot());
            }
            resolve(last.slot(), cause);
        }
        return new Lesson(learned(), 0, null);
    }

    /** The level at which everything was true but what the last step added. */
    private int previousLevel(Assignment last, Domain term) {
        Integer position = satisfiers.lowerKey(satisfiers.lastKey());
        int level = position == null ? 0 : trail.get(position).level();
        if (!last.allowed().isSubsetOf(term)) {
            // The step made the term true only together with an earlier one about the same name.
            Domain rest = term.or(last.slot().all().minus(last.allowed()));
            level = Math.max(level, trail.satisfier(last.slot(), rest).level());
        }
        return level;
    }

    private void resolve(Slot slot, Incompatibility cause) {
        steps.add(new Reason.Step(slot, cause));
        for (int i = 0; i < cause.size(); i++) {
            Slot other = cause.term(i).slot();
            Domain set = cause.term(i).set();
            Domain known = terms.get(other);
            if (other == slot) {
                put(slot, terms.get(slot).or(set));
            } else {
                put(other, known == null ? set : known.and(set));
            }
        }
    }

    private void put(Slot slot, Domain set) {
        Integer former = positions.remove(slot);
        if (former != null) {
            satisfiers.remove(former);
        }
        if (set.equals(slot.all())) {
            terms.remove(slot);
            return;
        }
        int position = trail.satisfier(slot, set).position();
        terms.put(slot, set);
        positions.put(slot, position);
        satisfiers.put(position, slot);
    }

    private Incompatibility learned() {
        if (steps.isEmpty() && !terms.isEmpty()) {
            return conflict;
        }
        Term[] latestFirst = satisfiers.descendingMap().values().stream()
                .map(slot -> new Term(slot, terms.get(slot)))
                .toArray(Term[]::new);
        return new Incompatibility(latestFirst, new Reason.Learned(conflict, List.copyOf(steps)));
    }
}
