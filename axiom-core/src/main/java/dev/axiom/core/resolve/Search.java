package dev.axiom.core.resolve;

import dev.axiom.core.model.LockedPackage;
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
 */
final class Search {
    private final Catalog catalog;
    private final List<Requirement> requirements;
    private final Budget budget;
    private final Facts facts;
    private final Agenda agenda;
    private final Trail trail;
    private final Propagation propagation;

    Search(Catalog catalog, List<Requirement> requirements, Budget budget) {
        this.catalog = catalog;
        this.requirements = requirements;
        this.budget = budget;
        this.facts = new Facts(catalog);
        this.agenda = new Agenda(requirements.stream()
                .map(requirement -> catalog.slot(requirement.name()))
                .collect(Collectors.toSet()));
        this.trail = new Trail(agenda);
        this.propagation = new Propagation(trail, facts, budget);
    }

    /** @throws UnsolvableException if there is no solution, or the budget is used up */
    Resolution run() {
        for (Requirement requirement : requirements) {
            recoverFrom(propagation.add(facts.required(requirement)));
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
        if (learned != conflict) {
            budget.learn(learned);
            propagation.watch(learned);
        }
        trail.derive(learned.termOf(lesson.open()), learned);
    }

    /** Makes the next decision; false if there is none left to make. */
    private boolean decide() {
        Slot slot = agenda.first();
        if (slot != null) {
            trail.decide(slot, slot.best(slot.domain()));
            return true;
        }
        Term choice = propagation.openChoice();
        if (choice != null) {
            trail.decide(
                    choice.slot(), choice.slot().best(choice.slot().domain().and(choice.set())));
        }
        return choice != null;
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
