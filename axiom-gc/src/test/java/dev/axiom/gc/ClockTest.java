package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Uptime;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No step of the clock lets a package go before its grace period is over, unless somebody says that the clock is right. */
@ExtendWith(Seeds.class)
class ClockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = CollectOptions.DEFAULT_GRACE;
    private static final Duration YEAR = Duration.ofDays(365);

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

    private void reopen() {
        store.close();
        store = new TestStore(folder.resolve("pool"));
    }

    private Report run(CollectOptions options) {
        return store.collector(clock).run(options, store.surroundings());
    }

    private Report run() {
        return run(CollectOptions.DEFAULT);
    }

    private String collected() {
        return Letters.of(run().collected());
    }

    @Test
    void aYearForwardCollectsNothingEarlyAndIsTold() {
        store.add("a");
        Instant then = clock.instant();
        run();
        clock.advance(HOUR);
        clock.leap(YEAR);
        reopen();

        Report report = run();

        assertThat(report.collected()).isEmpty();
        assertThat(report.plan().time().uncounted()).isEqualTo(YEAR);
        assertThat(report.plan().time().isWorthTelling()).isTrue();
        assertThat(report.plan().time().isRestarted()).isFalse();
        assertThat(report.plan().time().last().orElseThrow().wall()).isEqualTo(then);
        assertThat(report.plan().packages().waiting())
                .extracting(DeadPackage::remaining)
                .containsExactly(GRACE.minus(HOUR));
        clock.advance(GRACE.minus(HOUR).minusSeconds(1));
        Report next = run();
        assertThat(next.collected()).isEmpty();
        assertThat(next.plan().time().isWorthTelling()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void aYearForwardOverARestartOfTheMachineCollectsNothingEarly() {
        store.add("a");
        run();
        clock.advance(Duration.ofHours(23));
        run();
        clock.restart(YEAR);
        reopen();
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofMinutes(58));
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofMinutes(1)); // the minute after the restart counts
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void aClockThatWasWrongSinceTheStartAndIsPutRightCollectsNothingEarly() {
        store.add("a");
        run();
        clock.restart(YEAR.multipliedBy(50).negated()); // an empty battery
        store.add("b");
        assertThat(collected()).isEmpty();
        clock.leap(YEAR.multipliedBy(50)); // the network says better
        assertThat(collected()).isEmpty();
        clock.advance(GRACE.minusSeconds(1));
        assertThat(collected())
                .as("its minute after the restart was by a clock that had gone back")
                .isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(collected()).isEqualTo("a b");
    }

    @Test
    void aYearBackAndForwardAgainDelaysForNoLongerThanTheTimeBetweenTwoCollections() {
        store.add("a");
        run();
        clock.advance(HOUR);
        clock.leap(YEAR.negated());
        assertThat(collected()).isEmpty();
        clock.advance(HOUR);
        clock.leap(YEAR);
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofHours(22));
        assertThat(collected()).isEmpty();
        clock.advance(HOUR);
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void sleepCountsLikeAnyTime() {
        store.add("a");
        run();
        clock.advance(GRACE); // the kernel's uptime goes on in suspend
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void timeInWhichTheMachineWasOffCountsOnlyWhereTheClockIsTrusted() {
        store.add("a b");
        store.root("pin x", "b");
        run();
        clock.restart(Duration.ofDays(30));
        CollectOptions trusting = CollectOptions.DEFAULT.trustingTheClock();
        assertThat(store.collector(clock)
                        .plan(CollectOptions.DEFAULT)
                        .packages()
                        .condemned())
                .isEmpty();
        assertThat(store.collector(clock).plan(trusting).packages().condemned()).hasSize(1);
        Report report = run(trusting);
        assertThat(Letters.of(report.collected())).isEqualTo("a");
        assertThat(report.plan().time().uncounted()).isZero();
        store.unroot(new RecordKey(RecordKind.PIN, "x", 0));
        assertThat(run(trusting).collected())
                .as("dead since now, and not since before")
                .isEmpty();
    }

    /** However often the clock is set by however little, no package goes before it was dead for the grace period. */
    @Test
    void manySmallLeapsAndRestartsNeverAddUp() {
        Random random = Seeds.random();
        Duration alive = Duration.ZERO;
        store.add("a");
        run();
        boolean gone = false;
        while (!gone) {
            Duration step = Duration.ofSeconds(random.nextInt(7200));
            clock.advance(step);
            alive = alive.plus(step);
            switch (random.nextInt(4)) {
                case 0 -> clock.leap(Duration.ofSeconds(random.nextInt(-300, 4000)));
                case 1 -> {
                    clock.restart(Duration.ofSeconds(random.nextInt(-300, 4000)));
                    alive = alive.plusSeconds(60);
                }
                default -> {}
            }
            gone = !run().collected().isEmpty();
            assertThat(!gone || alive.compareTo(GRACE) >= 0)
                    .as("after %s", alive)
                    .isTrue();
            assertThat(alive).isLessThan(GRACE.multipliedBy(10));
        }
    }

    @Test
    void aCollectorThatDiesAnywhereNeverMakesAGracePeriodShorter() {
        List<Progress.Step> steps = List.of(
                Progress.Step.LOCKED,
                Progress.Step.RECOVERED,
                Progress.Step.PLANNED,
                Progress.Step.PRUNED,
                Progress.Step.MARKED);
        for (Progress.Step step : steps) {
            store.add("x" + steps.indexOf(step));
            die(step);
            clock.leap(YEAR);
            assertThat(run().collected()).as("after %s", step).isEmpty();
        }
        clock.advance(GRACE);
        assertThat(run().collected()).hasSize(steps.size());
    }

    private void die(Progress.Step step) {
        assertThatThrownBy(() -> store.collector(clock)
                        .run(CollectOptions.DEFAULT, store.surroundings((reached, tally) -> {
                            if (reached == step) {
                                throw new IllegalStateException("killed");
                            }
                        })))
                .hasMessage("killed");
    }

    /** They share the note: what the one has counted, the other does not count again. */
    @Test
    void twoCollectorsInTurnsCountNoTimeTwice() {
        store.add("a");
        run();
        try (TestStore other = new TestStore(folder.resolve("pool"))) {
            for (int hour = 1; hour < 24; hour++) {
                clock.advance(HOUR);
                clock.leap(hour % 2 == 0 ? YEAR : YEAR.negated());
                TestStore turn = hour % 3 == 0 ? store : other;
                assertThat(turn.collector(clock)
                                .run(CollectOptions.DEFAULT, turn.surroundings())
                                .collected())
                        .as("after %s hours", hour)
                        .isEmpty();
            }
        }
        clock.advance(GRACE);
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void whereTheNoteWasLostEveryGracePeriodStartsAnew() throws IOException {
        store.add("a");
        run();
        clock.advance(Duration.ofHours(23));
        Files.delete(store.layout().collectionTime());
        clock.leap(YEAR);
        die(Progress.Step.MARKED);
        assertThat(collected()).isEmpty();
        clock.advance(GRACE.minusSeconds(1));
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(collected()).isEqualTo("a");
    }

    /** Its mark is from when counted time was a week behind the clock, and the pool marks nothing that is held. */
    @Test
    void whereTheNoteWasLostAPackageThatIsOnlyLookedAtStartsItsGraceAnewToo() throws IOException {
        markAWeekBehindTheClock();
        Files.delete(store.layout().collectionTime());
        try (Lease verify = store.pool().lease("axiom package verify")) {
            verify.look(StoreLayout.packageDataset(Letters.id("a")));
            run();
        }
        assertWholeGraceFromHere();
    }

    @Test
    void whereTheNoteWasLostWhoBeginsToLookAfterThePlanMakesNoGraceShorter() throws IOException {
        markAWeekBehindTheClock();
        Files.delete(store.layout().collectionTime());
        try (Lease verify = store.pool().lease("axiom package verify")) {
            store.collector(clock).run(CollectOptions.DEFAULT, store.surroundings((reached, tally) -> {
                if (reached == Progress.Step.PLANNED) {
                    verify.look(StoreLayout.packageDataset(Letters.id("a")));
                }
            }));
        }
        assertWholeGraceFromHere();
    }

    private void markAWeekBehindTheClock() {
        run();
        clock.restart(Duration.ofDays(7));
        store.add("a");
        run();
        clock.advance(Duration.ofMinutes(20));
    }

    private void assertWholeGraceFromHere() {
        assertThat(collected()).isEmpty();
        clock.advance(GRACE.minusSeconds(1));
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void aNoteThatCannotBeUnderstoodStopsTheCollectionAndIsNamed() throws IOException {
        store.add("a");
        run();
        Path note = store.layout().collectionTime();
        String text = Files.readString(note);
        List<String> before = marks();
        for (String damaged : List.of("", text.substring(0, text.length() / 2), text.replace("2026", "2025"))) {
            Files.writeString(note, damaged);
            assertRefused(note);
        }
        Files.delete(note);
        Files.createDirectory(note);
        assertRefused(note);
        assertThat(marks()).isEqualTo(before);
        Files.delete(note);
        assertThat(collected()).isEmpty();
        assertThat(Files.readString(note)).isEqualTo(text);
    }

    private void assertRefused(Path note) {
        CollectOptions atOnce = CollectOptions.DEFAULT.withGrace(Duration.ZERO);
        assertThatThrownBy(() -> run(atOnce))
                .isInstanceOfSatisfying(AxiomException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
                    assertThat(e.hint()).contains("remove it");
                })
                .hasMessageContaining(note.toString());
        assertThatThrownBy(() -> store.collector(clock).plan(atOnce)).hasMessageContaining(note.toString());
    }

    private List<String> marks() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("pool/store"))) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void generationsAreNoOlderInTheRunThatSeesALeap() {
        store.add("a b");
        store.root("profile dev 1", "a");
        store.root("profile dev 2", "b");
        CollectOptions month = new CollectOptions(
                GRACE, RetentionPolicy.of(Optional.empty(), Optional.of(Duration.ofDays(30))), Optional.empty());
        TestClock now = new TestClock(Clock.systemUTC().instant());
        store.collector(now).run(month, store.surroundings());
        now.leap(YEAR);
        assertThat(store.collector(now).plan(month).pruning().pruned()).isEmpty();
        assertThat(store.collector(now).plan(month.trustingTheClock()).pruning().pruned())
                .hasSize(1);
    }

    @Test
    void whereTheKernelSaysNothingTheClockIsBelieved() {
        store.add("a");
        List<Instant> now = new ArrayList<>(List.of(clock.instant()));
        Timepiece blind = new Timepiece() {
            @Override
            public Instant instant() {
                return now.get(0);
            }

            @Override
            public Optional<Uptime> uptime() {
                return Optional.empty();
            }
        };
        GarbageCollector collector = new GarbageCollector(store.target(), blind);
        collector.run(CollectOptions.DEFAULT, store.surroundings());
        now.set(0, now.get(0).plus(GRACE));
        assertThat(collector.run(CollectOptions.DEFAULT, store.surroundings()).collected())
                .hasSize(1);
    }

    @Test
    void oneReadingOfTheUptimeThatFailsMakesTheClockNeverBelieved() {
        store.add("a");
        run();
        clock.advance(HOUR);
        clock.leap(YEAR);
        clock.silence(true);
        CountedTime blind = run().plan().time();
        assertThat(blind.uncounted()).isEqualTo(YEAR.plus(HOUR));
        assertThat(blind.isUptimeMissing()).isTrue();
        assertThat(blind.isRestarted()).isFalse();
        clock.silence(false);
        clock.leap(YEAR);
        assertThat(collected()).as("its note has no uptime").isEmpty();
        clock.advance(GRACE.minusSeconds(1));
        assertThat(collected()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(collected()).isEqualTo("a");
    }

    @Test
    void thisMachineSaysForHowLongItHasBeenUp() {
        Timepiece machine = Timepiece.ofMachine(Clock.systemUTC());
        Uptime first = machine.uptime().orElseThrow();
        Uptime second = machine.uptime().orElseThrow();
        assertThat(first.boot()).isEqualTo(second.boot());
        assertThat(first.length()).isPositive().isLessThan(second.length());
    }

    @Test
    void sinceWhenAPackageIsDeadIsSaidByTheClock() {
        store.add("a");
        run();
        clock.leap(YEAR);
        run();
        assertThat(Why.explain(store.target(), store.target().store().list().get(0))
                        .deadSince())
                .contains(clock.instant());
    }
}
