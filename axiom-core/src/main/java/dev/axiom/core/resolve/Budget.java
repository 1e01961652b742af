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

    private final @Nullable Duration timeout;
    private final long start = System.nanoTime();
    private int steps;
    private long learnedTerms;

    Budget(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Counts one step of the search.
     *
     * @throws UnsolvableException if the time is over
     */
    void step() {
        if (timeout != null && steps++ % STRIDE == 0 && System.nanoTime() - start >= timeout.toNanos()) {
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
