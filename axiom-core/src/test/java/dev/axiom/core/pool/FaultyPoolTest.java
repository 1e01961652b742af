package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.pool.Destruction.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a fault the faulty pool keeps the contract; with one at every call, nothing half done is ever seen. */
class FaultyPoolTest extends PoolContract {
    private static final int TOO_MANY = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    protected Pool newPool() {
        return FaultyPool.over(new SimulatedPool(folder.resolve("pool"), 1), 0, Faults.Mode.FAIL_BEFORE);
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
    void theNthCallFailsAndNoOther() {
        try (FaultyPool faulty = faulty(2, Faults.Mode.FAIL_BEFORE)) {
            assertThat(faulty.list(STORE)).isEmpty();
            assertThatExceptionOfType(AxiomException.class)
                    .isThrownBy(() -> faulty.list(STORE))
                    .withMessageContaining("call 2: list store");
            assertThat(faulty.list(STORE)).isEmpty();
            assertThat(faulty.faults().injected()).isTrue();
            assertThat(faulty.faults().calls()).hasSize(3);
        }
    }

    @Test
    void afterACrashNothingAnswersAndNoLeaseLives() throws Exception {
        DatasetName name = publish("bash");
        try (FaultyPool faulty = faulty(3, Faults.Mode.CRASH_BEFORE)) {
            Lease doomed = faulty.lease("doomed");
            doomed.protect(List.of(name));
            assertThatExceptionOfType(CrashedError.class).isThrownBy(faulty::recover);
            assertThatExceptionOfType(CrashedError.class).isThrownBy(faulty::leases);
            assertThatExceptionOfType(CrashedError.class).isThrownBy(doomed::close);
        }
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    private FaultyPool faulty(int call, Faults.Mode mode) {
        return FaultyPool.over(pool, call, mode, FaultyPool::abandon);
    }

    /** Publish, hold, replace, collect: a fault at each call in turn, on the real pool. */
    @ParameterizedTest
    @EnumSource(Faults.Mode.class)
    void aFaultAnywhereLeavesWholeDatasetsAndNoLitter(Faults.Mode mode) throws Exception {
        for (int call = 1; call < TOO_MANY; call++) {
            Path place = FileSystems.inMemory("faulty");
            try (DirectoryPool real = DirectoryPool.create(place);
                    FaultyPool faulty = FaultyPool.over(real, call, mode)) {
                try {
                    story(faulty);
                } catch (AxiomException | CrashedError injected) {
                    assertThat(faulty.faults().injected())
                            .as(injected.toString())
                            .isTrue();
                }
                assertClean(real, place);
                if (!faulty.faults().injected()) {
                    return;
                }
            } finally {
                TreeRemoval.delete(place);
            }
        }
        throw new AssertionError("the story never ended");
    }

    private static void story(Pool pool) throws Exception {
        pool.recover();
        try (Lease own = pool.lease("story")) {
            for (String leaf : List.of("old", "new")) {
                try (Staging staging = filled(own, leaf)) {
                    staging.seal(Map.of("leaf", leaf), 1);
                    staging.publish(pkg(leaf));
                }
                pool.hold(PIN, List.of(pkg(leaf)));
            }
            pool.release(PIN, pkgs("old"));
        }
        pool.markDead(pkgs("old"), LONG_AGO);
        try (Lease collector = pool.lease("collector")) {
            pool.destroyUnheld(
                    collector,
                    List.of(new Condemned(pkg("old"), pool.find(pkg("old")).flatMap(Dataset::deadSince))));
        }
        pool.holds(pkgs("old", "new"));
    }

    /** Every dataset that is there is whole; after recovery nothing but datasets is there. */
    private static void assertClean(Pool pool, Path place) throws Exception {
        pool.recover();
        assertThat(place.resolve("staging")).isEmptyDirectory();
        assertThat(place.resolve("trash")).isEmptyDirectory();
        assertThat(place.resolve("state/leases")).isEmptyDirectory();
        try (Lease check = pool.lease("check")) {
            for (Dataset dataset : pool.list(STORE)) {
                String leaf = dataset.name().leaf();
                assertThat(dataset.properties()).isEqualTo(Map.of("leaf", leaf));
                assertThat(contentOf(check.open(dataset.name()))).isEqualTo(leaf);
            }
        }
        Map<DatasetName, Set<HoldTag>> holds = pool.holds(pkgs("old", "new"));
        assertThat(holds.values()).allMatch(tags -> tags.equals(Set.of(PIN)));
        try (var files = Files.walk(place.resolve("store"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("lease:")))
                    .as("holds of ended leases")
                    .isEmpty();
        }
    }
}
