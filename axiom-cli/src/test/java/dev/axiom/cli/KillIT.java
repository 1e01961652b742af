package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed with SIGKILL at random points of adding, resolving, realizing and collecting. After
 * each kill nothing is half there; after the next command nothing is left over. Two pools side by side, so that two
 * processors have something to do.
 */
@ExtendWith(Seeds.class)
class KillIT {
    private static final int KILLS = Integer.getInteger("axiom.kills", 200);
    private static final int VICTIMS = 2;
    private static final int AUDIT_EVERY = 20;

    private final Random random = Seeds.random();
    private final Path folder;

    KillIT(@TempDir(factory = InMemory.class) Path folder) {
        this.folder = folder;
    }

    @Test
    void killedAnywhereEverythingIsWhole() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(VICTIMS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < VICTIMS; i++) {
                Victim victim =
                        new Victim(Files.createDirectory(folder.resolve("victim" + i)), new Random(random.nextLong()));
                int kills = KILLS * (i + 1) / VICTIMS - KILLS * i / VICTIMS;
                running.add(workers.submit(() -> {
                    kill(victim, kills);
                    return victim;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static void kill(Victim victim, int target) throws Exception {
        victim.prepare();
        int kills = 0;
        int attempts = 0;
        while (kills < target) {
            assertThat(attempts++).as("attempts for %d kills", kills).isLessThan(target * 5);
            if (victim.killOne()) {
                kills++;
                if (kills % AUDIT_EVERY == 0) {
                    victim.audit();
                }
            }
        }
        victim.audit();
    }
}
