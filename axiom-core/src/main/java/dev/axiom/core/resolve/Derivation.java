package dev.axiom.core.resolve;

import java.util.List;

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

    @Override
    public String toString() {
        return statement;
    }
}
