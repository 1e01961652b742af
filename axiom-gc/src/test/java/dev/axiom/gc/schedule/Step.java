package dev.axiom.gc.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of an actor: what happens between two moments at which others may come in.
 *
 * @param label for people
 * @param accesses what it touches; nothing if no other actor can tell whether it was taken
 * @param lock what it does to a lock
 * @param half what a crash in its middle leaves; null if the step is whole or nothing
 */
record Step(String label, List<Access> accesses, LockUse lock, @Nullable Runnable half) {
    /** What a step does to a lock. */
    enum LockUse {
        NONE,
        /** Waits for it. */
        WAITS,
        /** Frees it, or several. */
        FREES
    }

    static Step of(String label, Access... accesses) {
        return new Step(label, List.of(accesses), LockUse.NONE, null);
    }

    static Step of(String label, List<Access> accesses) {
        return new Step(label, accesses, LockUse.NONE, null);
    }

    boolean isLocal() {
        return accesses.isEmpty();
    }

    /** Whether the order of the two can make a difference. */
    boolean conflicts(Step other) {
        for (Access one : accesses) {
            for (Access another : other.accesses) {
                if (one.conflicts(another)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether there can be a moment at which either of the two may be next. */
    boolean mayMeet(Step other) {
        return !(lock == LockUse.WAITS && other.lock == LockUse.FREES)
                && !(lock == LockUse.FREES && other.lock == LockUse.WAITS);
    }

    @Override
    public String toString() {
        return label;
    }
}
