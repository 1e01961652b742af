package dev.axiom.gc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A collector in a process of its own, which can be told where to wait for its death. */
final class CollectorChild {
    private CollectorChild() {}

    /** Arguments: the pool, and the step at which to stop for ever, or {@code none}. */
    public static void main(String[] arguments) {
        try (TestStore store = new TestStore(Path.of(arguments[0]));
                Termination termination = Termination.listen()) {
            Progress progress = (step, tally) -> {
                System.out.println(step + " " + tally.done());
                if (step.name().equals(arguments[1])) {
                    untilKilled();
                }
            };
            Report report = store.collector(Clock.systemUTC())
                    .run(
                            CollectOptions.DEFAULT.withGrace(Duration.ZERO),
                            new GarbageCollector.Surroundings(
                                    Optional.of(Path.of(arguments[0]).resolveSibling("child.lock")),
                                    progress,
                                    termination.signal()));
            System.out.println("REPORT " + report.collected().size() + " " + report.interrupted());
        }
    }

    /** Reads what never comes: the parent holds the other end. */
    private static void untilKilled() {
        try {
            while (System.in.read() >= 0) {
                System.out.println("awake");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
