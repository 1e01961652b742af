package dev.axiom.core.resolve;

import dev.axiom.core.model.Requirement;
import java.util.List;

/** Why an incompatibility holds: a fact of the input, or a conclusion. */
sealed interface Reason {
    /** The packages of which any would do, the preferred first; empty where the reason is of another kind. */
    default List<Term> alternatives() {
        return List.of();
    }

    /** The profile asks for it. */
    record Required(Requirement requirement, List<Term> alternatives) implements Reason {}

    /** Some candidates of one name depend on it. */
    record Depends(Slot slot, Domain dependents, Requirement requirement, List<Term> alternatives) implements Reason {}

    /** Some candidates of one name conflict with some of another. */
    record Conflicts(Slot slot, Domain opponents, Requirement requirement, Term other) implements Reason {}

    /** The profile's choices shut some candidates of one name out. */
    record Ruled(Term term, Rule rule) implements Reason {}

    /**
     * One of the profile's choices.
     *
     * @param about the pin or the exclusion; where the platform shuts out, the name
     * @param fact what the profile says
     */
    record Rule(Kind kind, Requirement about, String fact) {
        /** By what it shuts out. */
        enum Kind {
            PIN,
            EXCLUSION,
            PLATFORM
        }
    }

    /**
     * It follows from others: starting with {@code first}, each step in turn was resolved with what came out before.
     */
    record Learned(Incompatibility first, List<Step> steps) implements Reason {}

    /** One resolution: the slot's term goes away, or grows, and the other terms of both stay. */
    record Step(Slot slot, Incompatibility with) {}
}
