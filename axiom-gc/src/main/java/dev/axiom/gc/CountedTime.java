package dev.axiom.gc;

import dev.axiom.core.model.TimeNote;
import dev.axiom.core.model.Uptime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time as collections count it: what the clock says, less all that it went forward while the machine was not seen to
 * run. A clock that is set forward, or back, changes nothing in it, so that no grace period gets shorter. Time counts from
 * one collection to the next: as far as both the clock and the machine's uptime went on; over a restart of the machine as
 * far as both the clock went on and the machine has been up since. Where the kernel never says its uptime, the clock is all
 * there is; where it did so only once of the two times, nothing counts.
 *
 * @param now the counted time; packages are marked as dead with it
 * @param wall what the clock said in that moment
 * @param uptime for how long the machine had been up then; empty where the kernel does not say
 * @param last what the last collection noted; empty if none did
 * @param trusted whether somebody has said that the clock is right
 */
public record CountedTime(
        Instant now, Instant wall, Optional<Uptime> uptime, Optional<TimeNote> last, boolean trusted) {
    /** What is less goes without saying: a restart takes some minutes, and clocks are put right by seconds. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

    /**
     * Counts on.
     *
     * @param last what the last collection noted; empty if none did
     * @param trust whether somebody has said that the clock is right
     */
    static CountedTime after(Optional<TimeNote> last, Timepiece timepiece, boolean trust) {
        Instant wall = timepiece.instant();
        Optional<Uptime> uptime = timepiece.uptime();
        Instant now = last.map(note -> note.counted().plus(counted(note, wall, uptime, trust)))
                .orElse(wall);
        return new CountedTime(now, wall, uptime, last, trust);
    }

    private static Duration counted(TimeNote note, Instant wall, Optional<Uptime> uptime, boolean trust) {
        Duration passed = atLeastZero(Duration.between(note.wall(), wall));
        if (trust) {
            return passed;
        }
        if (onlyOneSays(note, uptime)) {
            return Duration.ZERO; // one reading that failed must not make the clock believed
        }
        if (uptime.isEmpty()) {
            return passed;
        }
        Duration length = uptime.get().length();
        Duration seen = note.uptime()
                .filter(then -> then.boot().equals(uptime.get().boot()))
                .map(then -> atLeastZero(length.minus(then.length())))
                .orElse(length);
        return passed.compareTo(seen) < 0 ? passed : seen;
    }

    private static boolean onlyOneSays(TimeNote note, Optional<Uptime> uptime) {
        return note.uptime().isPresent() != uptime.isPresent();
    }

    private static Duration atLeastZero(Duration span) {
        return span.isNegative() ? Duration.ZERO : span;
    }

    /**
     * Whether no mark that is there already counts: no collection has noted the time in which it was made. True in a pool
     * that an older Axiom made, and where the note was lost.
     */
    boolean isAnew() {
        return last.isEmpty() && !trusted;
    }

    /** How much further the clock went since the last collection than time was counted. */
    public Duration uncounted() {
        return last.map(note -> Duration.between(note.wall(), wall).minus(Duration.between(note.counted(), now)))
                .map(CountedTime::atLeastZero)
                .orElse(Duration.ZERO);
    }

    /** Whether the kernel told its uptime only now, or only at the last collection: then nothing tells how much passed. */
    public boolean isUptimeMissing() {
        return last.map(note -> onlyOneSays(note, uptime)).orElse(false);
    }

    /** Whether the machine was started since the last collection, so that it may well have been off. */
    public boolean isRestarted() {
        return !isUptimeMissing()
                && !last.flatMap(TimeNote::uptime).map(Uptime::boot).equals(uptime.map(Uptime::boot));
    }

    /** Whether so much did not count that people should hear of it. */
    public boolean isWorthTelling() {
        return uncounted().compareTo(WORTH_TELLING) >= 0;
    }

    /** By what time generations are as old as they are: what did not count makes none older in this run. */
    Instant forAges() {
        return wall.minus(uncounted());
    }

    /** What the next collection counts on from. */
    TimeNote note() {
        return new TimeNote(now, wall, uptime);
    }
}
