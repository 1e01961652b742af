package dev.axiom.core.resolve;

/**
 * A statement about one package name: what becomes of it is in the set. "ssl 3.0 is chosen" and "ssl is not chosen, or
 * only as 1.1" are both of this form.
 */
record Term(Slot slot, Domain set) {
    /** Whether the statement is certain now. */
    boolean isSatisfied() {
        return slot.domain().isSubsetOf(set);
    }

    /** Whether the statement is impossible now. */
    boolean isContradicted() {
        return slot.domain().isDisjointFrom(set);
    }

    /** Whether it says that something of the name is chosen, not that something is not. */
    boolean isPositive() {
        return !set.hasAbsent();
    }
}
