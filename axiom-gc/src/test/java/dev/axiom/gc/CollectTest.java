package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole collections on a real pool. */
class CollectTest {
    private static final CollectOptions AT_ONCE = CollectOptions.DEFAULT.withGrace(Duration.ZERO);

    private Path folder;
    private TestStore store;
    private TestClock clock;

    @BeforeEach
    void open(@TempDir(factory = InMemory.class) Path temporary) {
        folder = temporary;
        store = new TestStore(folder.resolve("pool"));
        clock = new TestClock(Instant.parse("2026-06-01T12:00:00Z"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Report run(CollectOptions options) {
        return store.collector(clock).run(options, store.surroundings());
    }

    @Test
    void exactlyTheUnusedPackagesGo() {
        store.add("a b c d e");
        store.root("profile dev 1", "a b");
        store.root("pin base", "d");

        Report report = run(AT_ONCE);

        assertThat(Letters.of(report.collected())).isEqualTo("c e");
        assertThat(report.skipped()).isEmpty();
        assertThat(report.bytesFreed())
                .isEqualTo(2 * TestStore.BYTES)
                .isEqualTo(report.plan().predictedBytes());
        assertThat(report.interrupted()).isFalse();
        assertThat(store.packages()).isEqualTo("a b d");
        assertThat(store.leftovers()).isEmpty();
    }

    @Test
    void aPackageThatOnlyAnotherOneNeedsLivesThroughTheLockFileThatListsBoth() {
        store.add("a", "b; c");
        store.add("b c");
        store.root("profile dev 1", "a b c");
        run(AT_ONCE);
        assertThat(store.packages()).isEqualTo("a b c");
    }

    @Test
    void aDependencyOfADeadPackageKeepsNothing() {
        store.add("a", "b");
        store.add("b");
        run(AT_ONCE);
        assertThat(store.packages()).isEmpty();
    }

    @Test
    void theGracePeriodOutlivesTheProcess() {
        store.add("a");
        assertThat(Letters.ofDead(run(CollectOptions.DEFAULT).plan().packages().newlyDead()))
                .isEqualTo("a");
        clock.advance(Duration.ofHours(23));
        reopen();
        assertThat(Letters.ofDead(run(CollectOptions.DEFAULT).plan().packages().waiting()))
                .isEqualTo("a");
        assertThat(store.packages()).isEqualTo("a");
        clock.advance(Duration.ofHours(1));
        reopen();
        assertThat(Letters.of(run(CollectOptions.DEFAULT).collected())).isEqualTo("a");
        assertThat(store.packages()).isEmpty();
    }

    private void reopen() {
        store.close();
        store = new TestStore(folder.resolve("pool"));
    }

    @Test
    void usingAPackageStartsItsGraceAnew() {
        store.add("a");
        run(CollectOptions.DEFAULT);
        clock.advance(Duration.ofHours(30));
        store.root("pin x", "a");
        store.unroot(new RecordKey(RecordKind.PIN, "x", 0));

        assertThat(run(CollectOptions.DEFAULT).collected()).isEmpty();
        clock.advance(Duration.ofHours(24));
        assertThat(Letters.of(run(CollectOptions.DEFAULT).collected())).isEqualTo("a");
    }

    @Test
    void whatARecordRevivedWithoutAHoldLosesItsMarkAndGetsTheHold() throws IOException {
        store.add("a b");
        Path record = store.root("pin x", "a");
        byte[] backup = Files.readAllBytes(record);
        store.unroot(new RecordKey(RecordKind.PIN, "x", 0));
        run(CollectOptions.DEFAULT);
        Files.write(record, backup); // restored behind our back: ready, but without its hold
        clock.advance(Duration.ofDays(2));

        Report report = run(CollectOptions.DEFAULT);

        assertThat(Letters.of(report.collected())).isEqualTo("b");
        assertThat(store.holds("a")).containsExactly(new HoldTag("pin:x"));
        assertThat(store.pool()
                        .find(StoreLayout.packageDataset(Letters.id("a")))
                        .orElseThrow()
                        .deadSince())
                .isEmpty();
    }

    @Test
    void aClockThatWasSetBackNeverCollectsEarly() {
        store.add("a");
        run(CollectOptions.DEFAULT);
        clock.advance(Duration.ofDays(-400));
        assertThat(run(CollectOptions.DEFAULT).collected()).isEmpty();
        clock.advance(Duration.ofHours(23));
        assertThat(run(CollectOptions.DEFAULT).collected()).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(Letters.of(run(CollectOptions.DEFAULT).collected()))
                .as("24 h after the wrong mark was corrected")
                .isEqualTo("a");
    }

    @Test
    void aLeaseProtectsAndTheReportSaysWho() {
        store.add("a b");
        try (Lease lease = store.pool().lease("test work")) {
            lease.protect(List.of(StoreLayout.packageDataset(Letters.id("a"))));
            Report report = run(AT_ONCE);
            assertThat(Letters.of(report.plan().packages().live())).isEqualTo("a");
            assertThat(Letters.of(report.collected())).isEqualTo("b");
        }
        assertThat(Letters.of(run(AT_ONCE).collected())).isEqualTo("a");
    }

    @Test
    void whoeverTakesAPackageAfterThePlanKeepsItAndTheReportNamesTheHolder() {
        store.add("a b");
        List<Lease> late = new ArrayList<>();
        Progress taker = (step, tally) -> {
            if (step == Progress.Step.PLANNED) {
                Lease lease = store.pool().lease("test latecomer");
                late.add(lease);
                lease.protect(List.of(StoreLayout.packageDataset(Letters.id("a"))));
            }
        };

        Report report = store.collector(clock).run(AT_ONCE, store.surroundings(taker));

        assertThat(Letters.ofDead(report.plan().packages().condemned())).isEqualTo("a b");
        assertThat(Letters.of(report.collected())).isEqualTo("b");
        assertThat(report.skipped()).singleElement().satisfies(skip -> {
            assertThat(skip.id()).isEqualTo(Letters.id("a"));
            assertThat(skip.reason())
                    .startsWith("it is in use by test latecomer (pid "
                            + ProcessHandle.current().pid());
        });
        late.forEach(Lease::close);
        assertThat(store.packages()).isEqualTo("a");
    }

    @Test
    void whatWasUsedBetweenPlanAndSweepStaysThoughNobodyHoldsItAnyMore() {
        store.add("a");
        run(CollectOptions.DEFAULT);
        clock.advance(Duration.ofDays(2));
        Progress user = (step, tally) -> {
            if (step == Progress.Step.MARKED) {
                try (Lease lease = store.pool().lease("test user")) {
                    lease.protect(List.of(StoreLayout.packageDataset(Letters.id("a"))));
                }
            }
        };
        Report report = store.collector(clock).run(CollectOptions.DEFAULT, store.surroundings(user));
        assertThat(report.skipped()).singleElement().satisfies(skip -> assertThat(skip.reason())
                .contains("used since"));
        assertThat(store.packages()).isEqualTo("a");
    }

    @Test
    void theCeilingEndsTheRunAndTheNextOneGoesOn() {
        store.add("a b c");
        CollectOptions some = new CollectOptions(
                Duration.ZERO, RetentionPolicy.everything(), Optional.of(new ByteSize(TestStore.BYTES + 1)));
        assertThat(Letters.of(run(some).collected())).isEqualTo("a b");
        assertThat(Letters.of(run(some).collected())).isEqualTo("c");
    }

    @Test
    void aDryRunChangesNothingAtAll() throws IOException {
        store.add("a b");
        store.root("profile dev 1", "a");
        store.disk("gone", 1);
        List<String> before = files();

        Plan plan = store.collector(clock).plan(AT_ONCE);

        assertThat(Letters.ofDead(plan.packages().condemned())).isEqualTo("b");
        assertThat(plan.orphans()).hasSize(1);
        assertThat(files()).isEqualTo(before);
    }

    /** Every file with its time and size. */
    private List<String> files() throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.map(file -> file + " " + file.toFile().lastModified() + " "
                            + file.toFile().length())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void orphanedEnvironmentsGoAndThoseWithARecordStay() {
        store.add("a");
        store.disk("dev", 1);
        store.disk("dev", 2);
        store.root("env dev 2", "a");
        store.disk("crashed", 1);

        Report report = run(CollectOptions.DEFAULT);

        assertThat(report.others().orphans())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("env/crashed/1", "env/dev/1");
        assertThat(report.bytesFreed()).isEqualTo(2 * TestStore.BYTES);
        assertThat(Surveyor.environments(store.pool()))
                .extracting(one -> one.name().value())
                .containsExactly("env/dev/2");
    }

    @Test
    void anEnvironmentThatIsBeingMadeIsNoOrphan() {
        store.add("a");
        try (Lease maker = store.pool().lease("test realize")) {
            store.disk(maker, "dev", 1);
            assertThat(run(AT_ONCE).plan().orphans()).isEmpty();
        }
    }

    @Test
    void anEnvironmentThatBecomesReadyAfterThePlanIsNoOrphan() {
        store.add("a");
        store.disk("dev", 1);
        Progress maker = (step, tally) -> {
            if (step == Progress.Step.PLANNED) {
                store.root("env dev 1", "a");
            }
        };
        Report report = store.collector(clock).run(CollectOptions.DEFAULT, store.surroundings(maker));
        assertThat(report.plan().orphans()).hasSize(1);
        assertThat(report.others().orphans()).isEmpty();
        assertThat(Surveyor.environments(store.pool())).singleElement().satisfies(environment -> {
            assertThat(environment.deadSince()).isEmpty();
        });
    }

    @Test
    void retentionPrunesFirstAndWhatOnlyTheOldGenerationsUsedGoes() {
        store.add("a b c");
        store.root("profile dev 1", "a b");
        store.root("profile dev 2", "b c");
        store.root("env dev 1", "a b");
        store.disk("dev", 1);
        store.root("env dev 2", "b c");
        store.disk("dev", 2);
        CollectOptions keepOne = new CollectOptions(Duration.ZERO, RetentionPolicy.newest(1), Optional.empty());

        Plan dry = store.collector(clock).plan(keepOne);
        Report report = run(keepOne);

        assertThat(report.plan()).isEqualTo(dry);
        assertThat(report.others().pruned())
                .extracting(one -> one.key().toString())
                .containsExactly("profile dev generation 1", "env dev generation 1");
        assertThat(Letters.of(report.collected())).isEqualTo("a");
        assertThat(report.bytesFreed()).isEqualTo(2 * TestStore.BYTES).isEqualTo(dry.predictedBytes());
        assertThat(store.records().list(RecordKind.PROFILE)).hasSize(1);
        assertThat(store.packages()).isEqualTo("b c");
    }

    @Test
    void aGenerationThatCannotBePrunedKeepsItsPackages() {
        store.add("a b");
        store.root("env dev 1", "a");
        store.disk("dev", 1);
        store.root("env dev 2", "b");
        CollectOptions keepOne = new CollectOptions(Duration.ZERO, RetentionPolicy.newest(1), Optional.empty());
        List<Lease> late = new ArrayList<>();
        Progress runner = (step, tally) -> {
            if (step == Progress.Step.PLANNED) {
                Lease lease = store.pool().lease("test run");
                late.add(lease);
                lease.open(Marking.environment(new RecordKey(RecordKind.ENV, "dev", 1)));
            }
        };

        Report report = store.collector(clock).run(keepOne, store.surroundings(runner));

        assertThat(report.others().kept()).singleElement().satisfies(kept -> assertThat(kept.reason())
                .isEqualTo("it is in use"));
        assertThat(report.skipped()).singleElement().satisfies(skip -> assertThat(skip.reason())
                .isEqualTo("it is in use by env dev generation 1"));
        assertThat(store.packages()).isEqualTo("a b");
        late.forEach(Lease::close);
        run(keepOne);
        assertThat(store.packages()).isEqualTo("b");
    }

    @Test
    void aRequestToStopEndsTheRunAfterTheBatch() {
        store.add(IntStream.range(0, 1100).mapToObj(n -> "p" + n).collect(Collectors.joining(" ")));
        StopSignal stop = new StopSignal();
        List<Integer> done = new ArrayList<>();
        Progress progress = (step, tally) -> {
            if (step == Progress.Step.SWEPT) {
                done.add(tally.done());
                stop.request();
            }
        };
        Report report = store.collector(clock)
                .run(AT_ONCE, new GarbageCollector.Surroundings(Optional.of(folder.resolve("lock")), progress, stop));
        assertThat(report.interrupted()).isTrue();
        assertThat(done.get(0)).isEqualTo(256);
        assertThat(report.collected()).hasSize(4 * 256); // those that had begun
        assertThat(run(AT_ONCE).collected()).hasSize(1100 - 4 * 256);
    }

    @Test
    void progressTellsEachBatch() {
        store.add(IntStream.range(0, 300).mapToObj(n -> "p" + n).collect(Collectors.joining(" ")));
        List<String> heard = new ArrayList<>();
        store.collector(clock)
                .run(
                        AT_ONCE,
                        store.surroundings((step, tally) ->
                                heard.add(step + " " + tally.done() + "/" + tally.total() + " " + tally.bytesFreed())));
        assertThat(heard)
                .containsExactly(
                        "LOCKED 0/0 0",
                        "RECOVERED 0/0 0",
                        "PLANNED 0/0 0",
                        "PRUNED 0/300 0",
                        "MARKED 0/300 0",
                        "SWEPT 75/300 7500",
                        "SWEPT 150/300 15000",
                        "SWEPT 225/300 22500",
                        "SWEPT 300/300 30000");
    }

    @Test
    void aNegativeGraceIsRefused() {
        assertThatThrownBy(() -> CollectOptions.DEFAULT.withGrace(Duration.ofHours(-1)))
                .hasMessageContaining("must not be negative");
    }
}
