package dev.axiom.gc;

import dev.axiom.core.lock.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A collector in a process of its own, which can be told where to wait for its death. */
final class CollectorChild {
    private CollectorChild() {}

    /** Arguments: the pool, and the step at which to stop for ever, or {@code none}. */
    public static void main(String[] arguments) {
        CountDownLatch done = new CountDownLatch(1);
        interruptOnTermination(Thread.currentThread(), done);
        Path pool = Path.of(arguments[0]);
        StopSignal stop = new StopSignal();
        try (TestStore store = new TestStore(pool)) {
            Progress progress = (step, tally) -> {
                System.out.println(step + " " + tally.done());
                if (step.name().equals(arguments[1])) {
                    untilTold();
                    stop.await(Duration.ofMinutes(1));
                }
            };
            Report report = store.collector(Clock.systemUTC())
                    .run(
                            CollectOptions.DEFAULT.withGrace(Duration.ZERO),
                            new GarbageCollector.Surroundings(
                                    Optional.of(pool.resolveSibling("child.lock")), progress, stop));
            System.out.println("REPORT " + report.collected().size() + " " + report.interrupted());
        }
        done.countDown();
    }

    /** As the command line does it. */
    private static void interruptOnTermination(Thread main, CountDownLatch done) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (done.getCount() > 0) {
                main.interrupt();
                System.out.println("TERMINATING");
                Uninterrupted.get(CompletableFuture.runAsync(() -> awaitQuietly(done)), () -> {});
            }
        }));
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the parent says so, or for ever. */
    private static void untilTold() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
