package dev.axiom.core.resolve;

import dev.axiom.core.model.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a search may go on, and how much it may remember. A hostile index must cost neither hours nor the heap. */
final class Budget {
    /** Terms in learned incompatibilities; with all that hangs on them about 100 bytes each. */
    private static final long MOST_TERMS = 1_000_000;

    /** Steps between two looks at the clock. */
    private static final int STRIDE = 256;

    /** Steps for improving on a solution that took fewer: well under a second. */
    private static final long LEAST_STEPS = 50_000;

    private final @Nullable Duration timeout;
    private final long start;
    private final long mostSteps;
    private long steps;
    private long learnedTerms;

    Budget(@Nullable Duration timeout) {
        this(timeout, System.nanoTime(), Long.MAX_VALUE);
    }

    private Budget(@Nullable Duration timeout, long start, long mostSteps) {
        this.timeout = timeout;
        this.start = start;
        this.mostSteps = mostSteps;
    }

    /**
     * As many steps again as were counted, in what is left of the time. Steps, because what is found with them does not hang
     * on how busy the machine is.
     */
    Budget again() {
        return new Budget(timeout, start, Math.max(LEAST_STEPS, steps));
    }

    /**
     * Counts one step of the search.
     *
     * @throws UnsolvableException if the time is over, or all steps are done
     */
    void step() {
        if (steps >= mostSteps) {
            throw UnsolvableException.gaveUp("after " + steps + " steps");
        }
        steps++;
        if (timeout != null && steps % STRIDE == 1 && System.nanoTime() - start >= timeout.toNanos()) {
            throw UnsolvableException.gaveUp("after " + Durations.format(timeout));
        }
    }

    /**
     * Counts something learned.
     *
     * @throws UnsolvableException if it was too much
     */
    void learn(Incompatibility lesson) {
        learnedTerms += 1 + lesson.size();
        if (learnedTerms > MOST_TERMS) {
            throw UnsolvableException.gaveUp("because more conflicts were met than can be remembered");
        }
    }
}
