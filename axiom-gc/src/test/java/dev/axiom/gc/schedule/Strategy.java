package dev.axiom.gc.schedule;

import java.util.List;

/** Says who takes the next step. */
interface Strategy {
    /** To give the schedule up. */
    int NOBODY = -1;

    /**
     * Chooses.
     *
     * @param actors all of them; each waits before its {@link Actor#pending()} step or has ended
     * @param able the numbers of those that can go on, as bits; at least one
     * @return one of these, or {@link #NOBODY}
     */
    int next(List<Actor> actors, int able);
}
