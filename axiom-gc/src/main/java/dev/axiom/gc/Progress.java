package dev.axiom.gc;

/** Hears how far a collection is; called in the collection's own thread. */
@FunctionalInterface
public interface Progress {

    /** What a collection has just finished. */
    enum Step {
        /** It is the only one on this pool. */
        LOCKED,
        /** What dead processes left is gone. */
        RECOVERED,
        /** Everything is read, and the plan is made. */
        PLANNED,
        /** The generations that retention gave up are gone. */
        PRUNED,
        /** Dead packages are marked, revived ones unmarked. */
        MARKED,
        /** One more batch is swept; comes at least once. */
        SWEPT
    }

    /**
     * How far the sweep is.
     *
     * @param done condemned packages that were dealt with
     * @param total condemned packages
     * @param bytesFreed by now, everything included
     */
    record Tally(int done, int total, long bytesFreed) {}

    /**
     * A step is finished.
     *
     * @param tally where the sweep stands; all zero before there is a plan
     */
    void reached(Step step, Tally tally);

    /** Hears nothing. */
    Progress NONE = (step, tally) -> {};
}
