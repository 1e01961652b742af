package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A collector that never rests and grants no grace, against those who take and leave packages all the time. */
@ExtendWith(Seeds.class)
@Timeout(300)
class ContinuousCollectionTest {
    private static final CollectOptions AT_ONCE = CollectOptions.DEFAULT.withGrace(Duration.ZERO);

    /** More with {@code -Daxiom.holds=1000}. */
    private static final int TIMES = Integer.getInteger("axiom.holds", 25);

    @Test
    void nothingThatIsHeldEverGoes(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        long seed = Math.floorMod(Seeds.seed(), 1_000_000L);
        Path pool = folder.resolve("pool");
        try (TestStore store = new TestStore(pool)) {
            List<ChildJvm> children = new ArrayList<>();
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                long mine = seed + i;
                children.add(ChildJvm.start(Holders.class, pool, seed + 100 + i, TIMES));
                threads.add(CompletableFuture.runAsync(() -> new Holders(store, mine).run(TIMES)));
            }
            int collected = 0;
            while (children.stream().anyMatch(ChildJvm::isAlive)
                    || threads.stream().anyMatch(thread -> !thread.isDone())) {
                collected += store.collector(Clock.systemUTC())
                        .run(AT_ONCE, store.surroundings())
                        .collected()
                        .size();
            }
            threads.forEach(CompletableFuture::join);
            children.forEach(child -> assertThat(child.exitCode()).isZero());
            assertThat(collected).as("collected meanwhile").isPositive();
            store.collector(Clock.systemUTC()).run(AT_ONCE, store.surroundings());
            assertThat(store.packages()).isEmpty();
            assertThat(store.leftovers()).isEmpty();
        }
    }
}
