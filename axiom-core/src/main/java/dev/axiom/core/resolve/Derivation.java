package dev.axiom.core.resolve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One step of the proof that there is no solution: a statement, and the two it follows from. A statement without causes
 * is a fact of the profile or of a package. Steps that serve several times are shared, so this is a tree only in form;
 * it can be thousands of steps deep.
 */
public final class Derivation {
    private final String statement;
    private final List<Derivation> causes;

    private Derivation(String statement, List<Derivation> causes) {
        this.statement = statement;
        this.causes = causes;
    }

    static Derivation fact(String statement) {
        return new Derivation(statement, List.of());
    }

    static Derivation conclusion(String statement, Derivation one, Derivation other) {
        return new Derivation(statement, List.of(one, other));
    }

    /** A part of a sentence, such as "web 2.0.0 depends on ssl ^3.0". */
    public String statement() {
        return statement;
    }

    /** The two statements from which this one follows, or none if it is a fact. */
    public List<Derivation> causes() {
        return causes;
    }

    /** Whether this is given and not concluded. */
    public boolean isFact() {
        return causes.isEmpty();
    }

    /** This and everything it follows from, each once and behind its causes. */
    public List<Derivation> steps() {
        Set<Derivation> done = new LinkedHashSet<>();
        Deque<Derivation> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            Derivation next = open.element();
            List<Derivation> missing =
                    next.causes.stream().filter(cause -> !done.contains(cause)).toList();
            if (missing.isEmpty()) {
                done.add(open.pop());
            } else {
                missing.forEach(open::push);
            }
        }
        return List.copyOf(done);
    }

    @Override
    public String toString() {
        return statement;
    }
}
