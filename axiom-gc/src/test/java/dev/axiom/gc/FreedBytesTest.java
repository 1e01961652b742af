package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says will be freed is what the files that go have held. */
@ExtendWith(Seeds.class)
class FreedBytesTest {
    private static final int PACKAGES = 24;
    private static final Percentage ONE_PERCENT = Percentage.withPercentage(1);

    private final Random random = Seeds.random();

    @Test
    void whatWasPredictedIsFreed(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        try (dev.axiom.core.store.TestStore store = new dev.axiom.core.store.TestStore(folder)) {
            for (int i = 0; i < PACKAGES; i++) {
                store.addFile("p" + i, "share/data", "x".repeat(30_000 + random.nextInt(300_000)));
            }
            GarbageCollector collector = new GarbageCollector(
                    new Target(store.pool, store.layout, List.of()), Timepiece.ofMachine(Clock.systemUTC()));
            while (!store.packages.list().isEmpty()) {
                long before = held(folder);
                CollectOptions some = new CollectOptions(
                        Duration.ZERO,
                        RetentionPolicy.everything(),
                        Optional.of(new ByteSize(1 + random.nextInt(1_500_000))));
                long predicted = collector.plan(some).predictedBytes();
                Report report = collector.run(
                        some,
                        new GarbageCollector.Surroundings(
                                Optional.of(folder.resolve("gc.lock")), Progress.NONE, new StopSignal()));
                assertThat(report.bytesFreed()).isEqualTo(predicted);
                assertThat(before - held(folder)).isCloseTo(predicted, ONE_PERCENT);
            }
        }
    }

    /** What all files of the store hold together. */
    private static long held(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("pool/store"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
