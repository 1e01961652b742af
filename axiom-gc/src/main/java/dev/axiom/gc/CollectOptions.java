package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * What one collection may do.
 *
 * @param grace how long a package stays after it was first found dead; zero collects at once, so that not even a
 *     package that was added a moment ago is spared
 * @param retention which generations stay roots; the current ones do in any case
 * @param maxFreed a ceiling, never a floor: the run condemns no further package once so much is condemned. It shortens
 *     a run and never overrides the grace period. The package that reaches it still goes, so that one which is larger
 *     than the ceiling cannot block the others for ever
 * @param trustClock whether all that the clock went forward since the last collection counts, even if the machine was not
 *     seen to run meanwhile; see {@link CountedTime}
 */
public record CollectOptions(
        Duration grace, RetentionPolicy retention, Optional<ByteSize> maxFreed, boolean trustClock) {
    /** The grace period if nobody asked for another. */
    public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

    /** A day of grace, every generation kept, no ceiling. */
    public static final CollectOptions DEFAULT =
            new CollectOptions(DEFAULT_GRACE, RetentionPolicy.everything(), Optional.empty());

    /** With a clock that is believed only as far as the machine was seen to run. */
    public CollectOptions(Duration grace, RetentionPolicy retention, Optional<ByteSize> maxFreed) {
        this(grace, retention, maxFreed, false);
    }

    /** @throws AxiomException {@code INVALID} if the grace period is negative */
    public CollectOptions {
        if (grace.isNegative()) {
            throw new AxiomException(ErrorCode.INVALID, "the grace period must not be negative");
        }
    }

    /** These options, with a clock that is right. */
    public CollectOptions trustingTheClock() {
        return new CollectOptions(grace, retention, maxFreed, true);
    }

    /** These options with another grace period. */
    public CollectOptions withGrace(Duration other) {
        return new CollectOptions(other, retention, maxFreed, trustClock);
    }
}
