package dev.axiom.core.testing;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Randomness that can be played again: a test asks for {@link #random()}, and when it fails its seed is printed as
 * {@code -Daxiom.seed=N}, which replays it. Use with {@code @ExtendWith(Seeds.class)}.
 */
public final class Seeds implements TestWatcher {
    private static final ThreadLocal<Long> LAST = new ThreadLocal<>();

    /** A generator with the seed of {@code -Daxiom.seed}, or a fresh one. */
    public static Random random() {
        return new Random(seed());
    }

    /** The seed itself, for code that wants many generators of one origin. */
    public static long seed() {
        long seed = Long.getLong("axiom.seed", System.nanoTime());
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
