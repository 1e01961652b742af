package dev.axiom.core.resolve;

import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the PubGrub algorithm: conclude what is certain; when something cannot be, learn from the conflict and go
 * back as far as the lesson says; otherwise decide the next package. It ends, because each lesson rules out the way that
 * led to it, and it misses no solution, because nothing is ruled out that does not follow from the input.
 *
 * <p>The first decisions are to change nothing but what is to be upgraded: each package to keep stays as it is, or goes. Lessons undo such a
 * decision only if those before it leave no other way, so that nothing could be kept in addition to what is.
 */
final class Search {
    private final Catalog catalog;
    private final List<Requirement> requirements;
    private final Budget budget;
    private final Facts facts;
    private final Agenda agenda;
    private final Trail trail;
    private final Propagation propagation;
    private final List<Slot> first;
    private final List<Slot> kept;
    private final Wishes wishes;
    private int nextFirst;
    private int nextKept;

    Search(Catalog catalog, List<Requirement> requirements, Budget budget) {
        this(catalog, requirements, budget, Set.of());
    }

    /** @param favoured names of which to keep what is locked before others of their kind */
    Search(Catalog catalog, List<Requirement> requirements, Budget budget, Set<PackageName> favoured) {
        this.catalog = catalog;
        this.requirements = requirements;
        this.budget = budget;
        this.facts = new Facts(catalog);
        this.agenda = new Agenda(requirements.stream()
                .flatMap(requirement -> catalog.slots(requirement.name()).stream())
                .collect(Collectors.toSet()));
        this.trail = new Trail(agenda);
        this.propagation =
                new Propagation(trail, facts, new Rules(catalog.policy().choices()), budget);
        this.first = catalog.first();
        this.kept = catalog.kept(requirements, favoured);
        this.wishes = new Wishes(catalog);
    }

    /** @throws UnsolvableException if there is no solution, or the budget is used up */
    Resolution run() {
        for (Requirement requirement : requirements) {
            recoverFrom(propagation.add(facts.required(requirement)));
        }
        for (Slot slot : first) {
            recoverFrom(propagation.meet(slot));
        }
        for (Slot slot : kept) {
            recoverFrom(propagation.meet(slot));
        }
        do {
            Incompatibility conflict = propagation.run();
            while (conflict != null) {
                recoverFrom(conflict);
                conflict = propagation.run();
            }
        } while (decide());
        return solution();
    }

    private void recoverFrom(@Nullable Incompatibility conflict) {
        if (conflict == null) {
            return;
        }
        Analysis.Lesson lesson = Analysis.of(conflict, trail);
        Incompatibility learned = lesson.incompatibility();
        if (lesson.open() == null) {
            throw new Explanation(catalog, learned).exception();
        }
        trail.backTo(lesson.level());
        nextFirst = 0;
        nextKept = 0;
        wishes.startOver();
        propagation.reopen();
        if (learned != conflict) {
            budget.learn(learned);
            propagation.watch(learned);
        }
        trail.derive(learned.termOf(lesson.open()), learned);
    }

    /** Makes the next decision; false if there is none left to make. */
    private boolean decide() {
        if (upgrade() || keep()) {
            return true;
        }
        Slot slot = agenda.first();
        if (slot != null) {
            trail.decide(slot, slot.best(slot.domain()));
            return true;
        }
        Term choice = propagation.openChoice();
        if (choice == null) {
            choice = wishes.open(propagation);
        }
        if (choice != null) {
            trail.decide(
                    choice.slot(), choice.slot().best(choice.slot().domain().and(choice.set())));
        }
        return choice != null;
    }

    /** Decides for the most welcome candidate of one more name to upgrade; false if all are decided. */
    private boolean upgrade() {
        for (; nextFirst < first.size(); nextFirst++) {
            Slot slot = first.get(nextFirst);
            if (suppose(slot, slot.best(slot.domain()))) {
                return true;
            }
        }
        return false;
    }

    /** Decides that one more package stays as it is; false if all are decided that can be. */
    private boolean keep() {
        for (; nextKept < kept.size(); nextKept++) {
            Slot slot = kept.get(nextKept);
            if (suppose(slot, slot.kept())) {
                return true;
            }
        }
        return false;
    }

    /** Supposes that a candidate, or else nothing of its name, is chosen; false if that is certain or there is none. */
    private boolean suppose(Slot slot, int candidate) {
        if (candidate < 0 || slot.domain().isSubsetOf(slot.onlyIfAny(candidate))) {
            return false;
        }
        trail.decide(slot, slot.onlyIfAny(candidate));
        return true;
    }

    private Resolution solution() {
        Set<Slot> requested = new HashSet<>();
        for (Requirement requirement : requirements) {
            catalog.satisfying(requirement).stream()
                    .filter(Term::isSatisfied)
                    .findFirst()
                    .ifPresent(term -> requested.add(term.slot()));
        }
        List<LockedPackage> chosen = new ArrayList<>();
        for (Slot slot : catalog.slots()) {
            int candidate = slot.domain().single();
            if (candidate >= 0) {
                chosen.add(new LockedPackage(slot.candidates().get(candidate).id(), requested.contains(slot)));
            }
        }
        return new Resolution(chosen);
    }
}
