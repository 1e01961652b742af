package dev.axiom.core.resolve;

/**
 * Terms that cannot all be true at once, each about another name. Everything the search knows has this form: "web 2.0
 * depends on ssl ^3" is the incompatibility of "web 2.0 is chosen" and "no ssl of ^3 is chosen".
 *
 * <p>The first two terms are the watched ones: only when one of them becomes certain is there anything to conclude, so
 * only their slots list the incompatibility.
 */
final class Incompatibility {
    private final Term[] terms;
    private final Reason reason;

    Incompatibility(Term[] terms, Reason reason) {
        this.terms = terms;
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    int size() {
        return terms.length;
    }

    Term term(int index) {
        return terms[index];
    }

    void swap(int one, int other) {
        Term term = terms[one];
        terms[one] = terms[other];
        terms[other] = term;
    }

    /** The term about a slot that this incompatibility is known to speak of. */
    Term termOf(Slot slot) {
        for (Term term : terms) {
            if (term.slot() == slot) {
                return term;
            }
        }
        throw new IllegalStateException("no term about " + slot.name());
    }
}
