package dev.axiom.core.testing;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Randomness that can be played again: a test asks for {@link #random()}, and when it fails its seed is printed as
 * {@code -Daxiom.seed=N}, which replays it. Use with {@code @ExtendWith(Seeds.class)}.
 *
 * <p>Where {@code CI} is set the seed is always the same: there a check fails because of a change, and not because of the
 * day. New cases are tried wherever it is not set, by every {@code ./check}.
 */
public final class Seeds implements TestWatcher {
    private static final long OF_CI = 1;

    private static final ThreadLocal<Long> LAST = new ThreadLocal<>();

    /** A generator with {@link #seed()}. */
    public static Random random() {
        return new Random(seed());
    }

    /** The seed of {@code -Daxiom.seed}, else that of CI or a fresh one; for code that wants many generators of one origin. */
    public static long seed() {
        long seed = Long.getLong("axiom.seed", System.getenv("CI") == null ? System.nanoTime() : OF_CI);
        LAST.set(seed);
        return seed;
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        if (LAST.get() != null) {
            System.err.println(context.getDisplayName() + " failed; replay it with -Daxiom.seed=" + LAST.get());
        }
    }
}
