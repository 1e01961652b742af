package dev.axiom.gc.damage;

import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages one thing of a store, collects, and looks: nothing is gone that the same collection of the undamaged store
 * keeps, and whoever stopped said at what. A failure prints how to see it again. {@code -Daxiom.damages=N} sets how many
 * cases; they are a hundred thousand where {@code CI} is set, as {@code .ci/run} does, and fewer in {@code ./check}.
 */
@ExtendWith(Seeds.class)
class DamageFuzzTest {
    private static final int CASES = Integer.getInteger("axiom.damages", System.getenv("CI") == null ? 3_000 : 100_000);

    private static final int FIRST = Integer.getInteger("axiom.damages.first", 0);
    private static final int AT_ONCE = CASES < 100 ? 1 : 2;

    private final Path folder;

    /** Opens the folder to the one who uses the store. */
    DamageFuzzTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void nothingThatIsKeptGoes() throws Exception {
        long seed = Seeds.seed();
        System.out.println(CASES + " damages with -Daxiom.seed=" + seed);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < AT_ONCE; number++) {
                int mine = number;
                running.add(threads.submit(() -> runEach(seed, mine)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Every {@link #AT_ONCE}th case, on a store of its own; returns which comes after the last. */
    private int runEach(long seed, int mine) throws IOException {
        try (DamagedStore store = new DamagedStore(folder.resolve("store" + mine))) {
            DamageCases cases = new DamageCases(store, seed);
            for (int i = FIRST + mine; i < FIRST + CASES; i += AT_ONCE) {
                Optional<String> failure = cases.run(i);
                if (failure.isPresent()) {
                    throw new AssertionError(failure.get() + "\nreplay it with -Daxiom.seed=" + seed
                            + " -Daxiom.damages=1 -Daxiom.damages.first=" + i);
                }
            }
            return FIRST + CASES;
        }
    }
}
