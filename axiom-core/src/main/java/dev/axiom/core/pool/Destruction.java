package dev.axiom.core.pool;

/**
 * How the destruction of one dataset ended.
 *
 * @param name the dataset
 * @param outcome what became of it
 * @param reason for people: who holds it, what is busy; empty when destroyed
 * @param bytesFreed what was really freed; 0 unless destroyed
 */
public record Destruction(DatasetName name, Outcome outcome, String reason, long bytesFreed) {

    /** The ways it can end. All but {@code DESTROYED} leave the dataset whole. */
    public enum Outcome {
        /** It is gone. */
        DESTROYED,
        /** Somebody holds it. */
        HELD,
        /** It is mounted, has clones, or something else keeps it; the next collection may have more luck. */
        BUSY,
        /** It was used since the plan was made. */
        REVIVED,
        /** It was not there any more. */
        MISSING,
        /** The pool reported an error. */
        FAILED
    }

    static Destruction destroyed(DatasetName name, long bytesFreed) {
        return new Destruction(name, Outcome.DESTROYED, "", bytesFreed);
    }

    static Destruction kept(DatasetName name, Outcome outcome, String reason) {
        return new Destruction(name, outcome, reason, 0);
    }
}
