package dev.axiom.gc.schedule;

import java.util.List;
import java.util.Random;

/**
 * Chooses by chance. One walk changes actors at every step, another seldom: bugs that need few changes at the right
 * places and those that need many are both met.
 */
final class RandomWalk implements Strategy {
    private static final double[] PATIENCE = {0, 0.5, 0.8, 0.95};

    private final Random random;
    private final double patience;
    private int last;

    RandomWalk(long seed) {
        this.random = new Random(seed);
        this.patience = PATIENCE[random.nextInt(PATIENCE.length)];
    }

    @Override
    public int next(List<Actor> actors, int able) {
        if ((able & 1 << last) == 0 || random.nextDouble() >= patience) {
            last = nth(able, random.nextInt(Integer.bitCount(able)));
        }
        return last;
    }

    private static int nth(int set, int n) {
        int rest = set;
        for (int i = 0; i < n; i++) {
            rest &= rest - 1;
        }
        return Integer.numberOfTrailingZeros(rest);
    }
}
