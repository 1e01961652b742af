package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated pool keeps the contract, and its seed decides everything. */
class SimulatedPoolTest extends PoolContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    protected Pool newPool() {
        return new SimulatedPool(folder.resolve("pool"), Seeds.seed());
    }

    @Override
    protected Pool reopen(Pool pool) {
        return pool;
    }

    @Override
    protected int many() {
        return 200;
    }

    @Override
    protected void kill(Lease lease) {
        FaultyPool.abandon(lease);
    }

    @Test
    void theSameSeedMakesTheSamePool() throws Exception {
        assertThat(story("one", 7)).isEqualTo(story("two", 7)).isNotEqualTo(story("three", 8));
    }

    private List<String> story(String name, long seed) throws Exception {
        pool = new SimulatedPool(Files.createDirectory(folder.resolve(name)), seed, Clock.systemUTC(), 0.5);
        List<DatasetName> names = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            names.add(publish("p" + i));
        }
        List<String> seen =
                new ArrayList<>(pool.list(STORE).stream().map(Dataset::toString).toList());
        destroy(names).forEach(result -> seen.add(result.toString()));
        return seen;
    }

    @Test
    void aBusyPoolDestroysSomeAndKeepsTheOthersWhole() throws Exception {
        pool = new SimulatedPool(Files.createDirectory(folder.resolve("busy")), 1, Clock.systemUTC(), 0.5);
        List<Destruction> results = destroy(publishMany(100));
        assertThat(results).extracting(Destruction::outcome).contains(Outcome.BUSY, Outcome.DESTROYED);
        assertThat(results)
                .allSatisfy(result -> assertThat(exists(result.name())).isEqualTo(result.outcome() == Outcome.BUSY));
    }
}
