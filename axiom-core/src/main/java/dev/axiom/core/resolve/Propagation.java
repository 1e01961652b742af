package dev.axiom.core.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Concludes all that is certain. An incompatibility has something to say when all its terms but one are true: then that
 * one is false. To notice this, two terms of each that are not both certain are watched; while neither becomes certain,
 * nothing needs to be looked at, which keeps names that thousands depend on cheap.
 */
final class Propagation {
    private final Trail trail;
    private final Facts facts;
    private final Budget budget;
    private final Rules rules;
    /** Facts of which any of several packages would do; somebody has to decide which. */
    private final List<Incompatibility> choices = new ArrayList<>();
    /** The numbers of those of them that may be open. */
    private final TreeSet<Integer> waiting = new TreeSet<>();
    /** What the profile's choices shut out, whatever is decided; steps that are taken back must not take it with them. */
    private final List<Incompatibility> ruled = new ArrayList<>();

    private boolean restated = true;

    Propagation(Trail trail, Facts facts, Rules rules, Budget budget) {
        this.trail = trail;
        this.rules = rules;
        this.facts = facts;
        this.budget = budget;
    }

    /** Follows every step that was not followed yet; gives back an incompatibility whose terms have all become true, or null. */
    @Nullable
    Incompatibility run() {
        Incompatibility conflict = restate();
        Assignment step = conflict == null ? trail.follow() : null;
        while (step != null && conflict == null) {
            budget.step();
            // Only the last of several steps about one name: it says all that the earlier ones do.
            if (step.remaining().equals(step.slot().domain())) {
                conflict = state(step.slot());
                if (conflict == null) {
                    conflict = visit(step.slot());
                }
            }
            step = trail.follow();
        }
        return conflict;
    }

    /** Concludes again what is shut out, if steps were taken back; gives back what is a conflict, or null. */
    private @Nullable Incompatibility restate() {
        for (int i = 0; i < ruled.size() && !restated; i++) {
            Incompatibility conflict = conclude(ruled.get(i));
            if (conflict != null) {
                return conflict;
            }
        }
        restated = true;
        return null;
    }

    /** Adds what the chosen candidate of a slot declares, if one is chosen. */
    private @Nullable Incompatibility state(Slot slot) {
        int chosen = slot.domain().single();
        Incompatibility conflict = null;
        if (chosen >= 0) {
            waiting.addAll(slot.choices());
            // All of them, also behind a conflict: they are stated only once.
            for (Incompatibility fact : facts.about(slot, chosen)) {
                Incompatibility found = add(fact);
                conflict = conflict == null ? found : conflict;
            }
        }
        return conflict;
    }

    /**
     * Takes in a fact, and first what rules candidates of its names out, and concludes from them; gives back one whose
     * terms are all true, or null.
     */
    @Nullable
    Incompatibility add(Incompatibility fact) {
        Incompatibility conflict = null;
        for (int i = 0; i < fact.size(); i++) {
            Incompatibility found = meet(fact.term(i).slot());
            conflict = conflict == null ? found : conflict;
        }
        Incompatibility found = take(fact);
        return conflict == null ? found : conflict;
    }

    /** Takes in what rules candidates of a slot out, unless it is known; gives back what is a conflict at once, or null. */
    @Nullable
    Incompatibility meet(Slot slot) {
        Incompatibility conflict = null;
        if (slot.isFirstMet()) {
            for (Incompatibility rule : rules.about(slot)) {
                ruled.add(rule);
                Incompatibility found = take(rule);
                conflict = conflict == null ? found : conflict;
            }
        }
        return conflict;
    }

    private @Nullable Incompatibility take(Incompatibility fact) {
        watch(fact);
        if (alternatives(fact) > 1) {
            note(fact);
        }
        if (fact.size() > 1 && !fact.term(1).isSatisfied()) {
            return null;
        }
        return conclude(fact);
    }

    private void note(Incompatibility choice) {
        int number = choices.size();
        choices.add(choice);
        waiting.add(number);
        for (int i = 0; i < choice.size(); i++) {
            if (choice.term(i).isPositive()) {
                choice.term(i).slot().choices().add(number);
            }
        }
    }

    /** To be called when steps were taken back: what was settled by them may be open again. */
    void reopen() {
        restated = false;
        for (int i = 0; i < choices.size(); i++) {
            waiting.add(i);
        }
    }

    private static int alternatives(Incompatibility fact) {
        int result = 0;
        for (int i = 0; i < fact.size(); i++) {
            result += fact.term(i).isPositive() ? 0 : 1;
        }
        return result;
    }

    /** Watches the two terms that are open, or were the last to become true and so are the first to be open again. */
    void watch(Incompatibility incompatibility) {
        for (int place = 0; place < 2 && place < incompatibility.size(); place++) {
            int best = place;
            for (int i = place + 1; i < incompatibility.size(); i++) {
                if (since(incompatibility.term(i)) > since(incompatibility.term(best))) {
                    best = i;
                }
            }
            incompatibility.swap(place, best);
            incompatibility.term(place).slot().watchers().add(incompatibility);
        }
    }

    private int since(Term term) {
        return term.isSatisfied() ? trail.satisfier(term.slot(), term.set()).position() : Integer.MAX_VALUE;
    }

    /** With all terms but the first known to be true: it is false, or we have a conflict. */
    private @Nullable Incompatibility conclude(Incompatibility fact) {
        if (fact.size() == 0 || fact.term(0).isSatisfied()) {
            return fact;
        }
        if (!fact.term(0).isContradicted()) {
            trail.derive(fact.term(0), fact);
        }
        return null;
    }

    private @Nullable Incompatibility visit(Slot slot) {
        List<Incompatibility> watchers = slot.watchers();
        Incompatibility conflict = null;
        int kept = 0;
        for (int i = 0; i < watchers.size(); i++) {
            Incompatibility watcher = watchers.get(i);
            if (conflict == null && movesOn(watcher, slot)) {
                continue;
            }
            watchers.set(kept++, watcher);
            if (conflict == null && isDue(watcher)) {
                conflict = conclude(watcher);
            }
        }
        watchers.subList(kept, watchers.size()).clear();
        return conflict;
    }

    /** Brings the slot's term to the second place; if it is true and another is open, that one is watched from now on. */
    private static boolean movesOn(Incompatibility watcher, Slot slot) {
        if (watcher.size() > 1 && watcher.term(0).slot() == slot) {
            watcher.swap(0, 1);
        }
        if (!isDue(watcher)) {
            return false;
        }
        for (int i = 2; i < watcher.size(); i++) {
            if (!watcher.term(i).isSatisfied()) {
                watcher.swap(1, i);
                watcher.term(1).slot().watchers().add(watcher);
                return true;
            }
        }
        return false;
    }

    /** Whether the second term, if there is one, is true, and the first not known to be false. */
    private static boolean isDue(Incompatibility watcher) {
        return (watcher.size() == 1 || watcher.term(1).isSatisfied())
                && !watcher.term(0).isContradicted();
    }

    /**
     * Packages of which one must be chosen although nothing says which; null if there is no such choice. Asked for when
     * nothing else is left to decide, so that what is chosen anyhow serves where it can.
     */
    @Nullable
    Term openChoice() {
        while (!waiting.isEmpty()) {
            Incompatibility choice = choices.get(waiting.first());
            if (isOpen(choice)) {
                return preferred(choice.reason().alternatives());
            }
            waiting.pollFirst(); // comes back when a step is taken back, or who needs it is chosen
        }
        return null;
    }

    /** Whether whoever needs it is chosen, and nothing that satisfies it is. */
    private static boolean isOpen(Incompatibility choice) {
        for (int i = 0; i < choice.size(); i++) {
            Term term = choice.term(i);
            if (term.isContradicted() || (term.isPositive() && !term.isSatisfied())) {
                return false;
            }
        }
        return true;
    }

    /** The first that is possible, but before that one of a name that is to be kept. */
    static @Nullable Term preferred(List<Term> alternatives) {
        Term result = null;
        for (Term alternative : alternatives) {
            if (!alternative.isContradicted()
                    && (result == null
                            || (alternative.slot().isLocked() && !result.slot().isLocked()))) {
                result = alternative;
            }
        }
        return result;
    }
}
