package dev.axiom.gc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks the protocol in every way that {@link Mutation} knows: the search must notice each. */
class MutantsTest {
    private static final String PROFILE = "put a1; create dev; want dev a; resolve dev";
    private static final int LIMIT = 3_000;

    /** What shows it. */
    private static final Map<Mutation, Workload> WORKLOADS = Map.ofEntries(
            Map.entry(Mutation.DESTROY_WITHOUT_A_LOOK_AT_HOLDS, Workload.of("put a1", "pin p a1", "gc 0")),
            Map.entry(
                    Mutation.DESTROY_ON_AN_OLD_DATE,
                    Workload.of("put a1; gc 60; wait 90", "use a1", "gc 60").grace(60)),
            Map.entry(
                    Mutation.HOLD_LEAVES_DEAD_SINCE,
                    Workload.of("put a1; gc 60; wait 90", "use a1", "gc 60").grace(60)),
            Map.entry(Mutation.HOLD_WHAT_IS_THERE, Workload.of("put a1", "pin p a1", "gc 0")),
            Map.entry(
                    Mutation.MARK_WHAT_IS_HELD,
                    Workload.of("put a1", "use a1", "gc 60; wait 90; gc 60").grace(60)),
            Map.entry(Mutation.PUBLISH_WITHOUT_A_HOLD, Workload.of("", "add a1", "gc 0")),
            Map.entry(Mutation.PUBLISH_OVER_WHAT_IS_THERE, Workload.of("", "keep r a1", "add a1")),
            Map.entry(Mutation.OPEN_WITHOUT_A_HOLD, Workload.of("put a1", "use a1", "gc 0")),
            Map.entry(Mutation.STAGE_WITHOUT_A_LEASE, Workload.of("", "add a1", "gc 0")),
            Map.entry(Mutation.RECOVERY_ENDS_LIVING_HOLDS, Workload.of("put a1", "use a1", "gc 0")),
            Map.entry(
                    Mutation.HOLDS_OF_THE_DEAD_COUNT,
                    Workload.of("put a1", "gc 0").after("use a1")),
            Map.entry(Mutation.RECOVERY_TAKES_THE_LIVING_FOR_DEAD, Workload.of("put a1", "pin p a1", "gc 0")),
            Map.entry(Mutation.READY_BEFORE_HOLD, Workload.of("put a1", "pin p a1", "gc 0")),
            Map.entry(Mutation.RELEASE_BEFORE_REMOVING, Workload.of("put a1; pin p a1", "unpin p", "drop a1")),
            Map.entry(Mutation.RECORD_GOES_BEFORE_HOLDS, Workload.of("put a1; pin p a1", "unpin p")),
            Map.entry(Mutation.PUBLISH_BEFORE_SEAL, Workload.of("", "add a1", "gc 0")),
            Map.entry(
                    Mutation.UNLINK_THE_LOCK_FILE, Workload.of("create dev", "want dev a", "want dev b", "want dev c")),
            Map.entry(Mutation.WRITE_IN_PLACE, Workload.of("put a1", "pin p a1", "gc 0")),
            Map.entry(Mutation.ROOTS_BEFORE_DATASETS, Workload.of(PROFILE, "gc 0", "realize e dev")));

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void everyMutantIsNoticed(Mutation mutation) {
        Workload workload = Objects.requireNonNull(WORKLOADS.get(mutation), "a workload for " + mutation);
        Search search = new Search(workload, Set.of(mutation), LIMIT).runWithCrashes();
        assertThat(search.finding())
                .as(mutation + " after " + search.schedules() + " schedules of " + workload)
                .isPresent();
        System.out.println(mutation + ": noticed by schedule "
                + search.schedules() + " of " + workload + ": "
                + search.finding()
                        .orElseThrow()
                        .result()
                        .violations()
                        .get(0)
                        .lines()
                        .findFirst()
                        .orElse(""));
    }
}
