package dev.axiom.core.pool;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the destruction of one dataset ended.
 *
 * @param name the dataset
 * @param outcome what became of it
 * @param reason for people: who holds it, what is busy; empty when destroyed
 * @param bytesFreed what was really freed; 0 unless destroyed
 * @param holders the holds that were met; none unless held
 */
public record Destruction(DatasetName name, Outcome outcome, String reason, long bytesFreed, Set<HoldTag> holders) {
    public Destruction {
        holders = Set.copyOf(holders);
    }

    /** One that nobody holds. */
    public Destruction(DatasetName name, Outcome outcome, String reason, long bytesFreed) {
        this(name, outcome, reason, bytesFreed, Set.of());
    }

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

    /** It is gone. */
    public static Destruction destroyed(DatasetName name, long bytesFreed) {
        return new Destruction(name, Outcome.DESTROYED, "", bytesFreed);
    }

    /** One that somebody holds. */
    public static Destruction held(DatasetName name, Set<HoldTag> holders) {
        String tags = holders.stream().sorted().map(HoldTag::value).collect(Collectors.joining(", "));
        return new Destruction(name, Outcome.HELD, "held by " + tags, 0, holders);
    }

    /** It stays, and why. */
    public static Destruction kept(DatasetName name, Outcome outcome, String reason) {
        return new Destruction(name, outcome, reason, 0);
    }
}
