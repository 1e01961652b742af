package dev.axiom.gc.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All interleavings, up to those that cannot make a difference, of small workloads; see docs/adr/0040. Each search must
 * come to its end: one that had to stop earlier proves less than it says.
 */
class ExhaustiveSchedulesTest {
    private static final String PROFILE = "put a1; create dev; want dev a; resolve dev";
    private static final String ENVIRONMENT = PROFILE + "; realize e dev";
    private static final String GENERATIONS = ENVIRONMENT + "; again e dev";
    private static final long LIMIT = Long.getLong("axiom.schedules.limit", 200_000);

    /** Two at once, one of which dies at each of its steps in turn. */
    static Stream<Workload> withCrashes() {
        return Stream.of(
                Workload.of("put a1", "use a1", "gc 0"),
                Workload.of("put a1", "add a1", "gc 0"),
                Workload.of("", "add a1", "add a1"),
                Workload.of("put a1; pin p a1", "unpin p", "drop a1"),
                Workload.of("put a1; pin p a1", "unpin p", "gc 0"),
                Workload.of("put a1; gc 60; wait 90", "use a1", "gc 60").grace(60));
    }

    /** Three at once on one package or two, one of which dies at each of its steps in turn; where {@code CI} is set, more. */
    static Stream<Workload> threeWithCrashes() {
        Stream<Workload> quick = Stream.of(
                Workload.of("put a1 b1; pin p a1", "unpin p", "pin q a1", "use b1"),
                Workload.of("create dev", "want dev a", "want dev b", "want dev c"));
        Stream<Workload> more = Stream.of(
                Workload.of("put a1; pin p a1", "unpin p", "drop a1", "use a1"),
                Workload.of("put a1", "drop a1", "use a1", "pin p a1"));
        return System.getenv("CI") == null ? quick : Stream.concat(quick, more);
    }

    /** Two at once, after an operation that died at each of its steps in turn. */
    static Stream<Workload> afterACrash() {
        return Stream.of(
                Workload.of("put a1", "start; pin p a1", "start").after("pin p a1"),
                Workload.of("put a1; pin p a1", "start; unpin p", "start").after("unpin p"),
                Workload.of("", "start", "gc 0").after("add a1"));
    }

    /** Two or three at once, and nobody dies. */
    static Stream<Workload> alive() {
        return Stream.of(
                Workload.of("put a1", "pin p a1", "gc 0"),
                Workload.of("", "keep r a1!", "gc 0"),
                Workload.of("put a1", "use a1", "gc 60; wait 90; gc 60").grace(60),
                Workload.of("put a1; pin p a1", "unpin p", "gc 0", "use a1"),
                Workload.of("put a1 a2; pin p a1; create dev; want dev a", "resolve dev!", "gc 0"),
                Workload.of(PROFILE + "; unwant dev a; resolve dev", "history dev!", "gc 0 1"),
                Workload.of(PROFILE, "delete dev", "realize e dev"),
                Workload.of(ENVIRONMENT, "show e!", "again e dev"),
                Workload.of(GENERATIONS, "run e 1", "envremove e"),
                Workload.of(GENERATIONS, "run e!", "gc 0 1"));
    }

    @ParameterizedTest
    @MethodSource({"withCrashes", "threeWithCrashes"})
    void nothingGoesWrongWhoeverDies(Workload workload) {
        check(new Search(workload, Set.of(), LIMIT).runWithCrashes(), workload);
    }

    @ParameterizedTest
    @MethodSource("afterACrash")
    void nothingGoesWrongAfterADeath(Workload workload) {
        check(new Search(workload, Set.of(), LIMIT).run(), workload);
    }

    /** As {@link #alive}, but somebody dies; and what takes long without. */
    static Stream<Workload> deep() {
        return Stream.concat(
                alive(),
                Stream.of(
                        Workload.of("put a1 b1", "pin p a1", "pin q b1", "gc 0"),
                        Workload.of("put a1 b1", "use a1", "use b1", "gc 0"),
                        Workload.of("", "add a1", "add b1", "gc 0"),
                        Workload.of(PROFILE, "realize e dev!", "gc 0"),
                        Workload.of(ENVIRONMENT, "again e dev!", "gc 0 1", "run e!")));
    }

    @ParameterizedTest
    @MethodSource("deep")
    void nothingGoesWrongHoweverLongItTakes(Workload workload) {
        assumeTrue(Boolean.getBoolean("axiom.schedules.deep"), "takes hours; -Daxiom.schedules.deep=true runs it");
        check(new Search(workload, Set.of(), Long.MAX_VALUE).runWithCrashes(), workload);
    }

    @ParameterizedTest
    @MethodSource("alive")
    void nothingGoesWrong(Workload workload) {
        check(new Search(workload, Set.of(), LIMIT).run(), workload);
    }

    private static void check(Search search, Workload workload) {
        assertThat(search.finding()).isEmpty();
        assertThat(search.isComplete()).as("every schedule was tried").isTrue();
        System.out.println(search.schedules() + " schedules (" + search.cut() + " cut short) with "
                + search.crashPoints() + " crash points: " + workload);
    }
}
