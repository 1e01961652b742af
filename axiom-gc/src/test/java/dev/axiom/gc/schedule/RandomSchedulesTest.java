package dev.axiom.gc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.testing.Seeds;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Workloads, orders and crashes by chance; 100,000 of them where {@code CI} is set, as {@code .ci/run} does.
 * {@code -Daxiom.schedules=N} tries as many; a failure is played again with {@code -Daxiom.seed=N -Daxiom.schedules=1}, with
 * the N that it names.
 */
class RandomSchedulesTest {
    private static final long COUNT = Long.getLong("axiom.schedules", System.getenv("CI") == null ? 3_000 : 100_000);

    /** More than processors: in a schedule one thread works, and now and then it wakes another and none does. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    @Test
    void nothingGoesWrongByChance() throws Exception {
        long first = Seeds.seed();
        AtomicLong next = new AtomicLong(first);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        int threads = COUNT == 1 ? 1 : AT_ONCE;
        long start = System.nanoTime();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            var running = IntStream.range(0, threads)
                    .mapToObj(i -> workers.submit(() -> {
                        long seed = next.getAndIncrement();
                        while (seed < first + COUNT && failures.isEmpty()) {
                            long used = seed;
                            play(seed)
                                    .ifPresent(what -> failures.add(
                                            "replay with -Daxiom.seed=" + used + " -Daxiom.schedules=1\n" + what));
                            seed = next.getAndIncrement();
                        }
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(failures).isEmpty();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d random schedules from seed %d, %.0f per second%n", COUNT, first, COUNT / seconds);
    }

    /** Returns what went wrong. */
    private static Optional<String> play(long seed) {
        Random random = new Random(seed);
        Workload workload = RandomWorkload.of(random);
        Schedule.Crashes crashes = RandomWorkload.crashes(random, workload);
        Schedule.Result result = new Schedule(workload, crashes, Set.of()).run(new RandomWalk(random.nextLong()), seed);
        return result.violations().isEmpty()
                ? Optional.empty()
                : Optional.of(new Search.Finding(workload, crashes, result, 1).toString());
    }
}
