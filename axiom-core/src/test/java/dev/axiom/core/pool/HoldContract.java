package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Permanent holds, and the mark "dead since". */
abstract class HoldContract extends PublishContract {

    @Test
    void aHoldIsShown() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        pool.hold(PROFILE, List.of(name));
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(PIN, PROFILE)));
    }

    @Test
    void holdsNameOnlyWhatIsHeld() throws Exception {
        DatasetName held = publish("held");
        DatasetName free = publish("free");
        pool.hold(PIN, List.of(held));
        assertThat(pool.holds(List.of(held, free, pkg("missing")))).isEqualTo(Map.of(held, Set.of(PIN)));
    }

    @Test
    void oneMissingDatasetMeansNoHoldAtAll() throws Exception {
        DatasetName first = publish("first");
        DatasetName last = publish("last");
        List<DatasetName> names = List.of(first, pkg("gone1"), pkg("gone2"), last);
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> pool.hold(PIN, names))
                .satisfies(e -> assertThat(e.missing()).containsExactlyInAnyOrder(pkg("gone1"), pkg("gone2")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .withMessageContainingAll("store/gone1", "store/gone2");
        assertThat(pool.holds(names)).isEmpty();
    }

    @Test
    void aHoldThatFailsTakesNoOlderHoldAway() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> pool.hold(PIN, List.of(name, pkg("gone"))));
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(PIN)));
    }

    @Test
    void aHoldThatFailsClearsNoDate() throws Exception {
        DatasetName name = publish("bash");
        pool.markDead(List.of(name), LONG_AGO);
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> pool.hold(PIN, List.of(name, pkg("gone"))));
        assertThat(deadSince(name)).contains(LONG_AGO);
    }

    @Test
    void holdingTwiceIsHoldingOnce() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        pool.hold(PIN, List.of(name, name));
        pool.release(PIN, List.of(name));
        assertThat(pool.holds(List.of(name))).isEmpty();
    }

    @Test
    void releaseTakesOnlyItsOwnTag() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        pool.hold(PROFILE, List.of(name));
        pool.release(PROFILE, List.of(name));
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(PIN)));
    }

    @Test
    void releasingWhatIsNotHeldIsPassedOver() throws Exception {
        DatasetName held = publish("held");
        DatasetName free = publish("free");
        pool.hold(PIN, List.of(held));
        pool.release(PIN, List.of(free, pkg("missing"), held, held));
        assertThat(pool.holds(List.of(held, free))).isEmpty();
    }

    @Test
    void nothingToHoldIsFine() {
        pool.hold(PIN, List.of());
        pool.release(PIN, List.of());
        pool.markDead(List.of(), LONG_AGO);
        pool.clearDead(List.of());
        assertThat(pool.holds(List.of())).isEmpty();
    }

    @Test
    void holdsOutliveTheProcess() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        lease.close();
        pool = reopen(pool);
        lease = pool.lease("second");
        pool.recover();
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(PIN)));
        assertThat(destroy(name)).isEqualTo(Destruction.Outcome.HELD);
    }

    @Test
    void theLongestTagIsKept() throws Exception {
        DatasetName name = publish("bash");
        HoldTag tag = new HoldTag("t".repeat(200));
        pool.hold(tag, List.of(name));
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(tag)));
    }

    @Test
    void onlyWhatNobodyHoldsIsMarkedDead() throws Exception {
        DatasetName free = publish("free");
        DatasetName pinned = publish("pinned");
        DatasetName leased = publish("leased");
        pool.hold(PIN, List.of(pinned));
        lease.protect(List.of(leased));
        pool.markDead(List.of(pkg("missing"), pinned, leased, free), LONG_AGO);
        assertThat(deadSince(free)).contains(LONG_AGO);
        assertThat(deadSince(pinned)).isEmpty();
        assertThat(deadSince(leased)).isEmpty();
    }

    @Test
    void deadSinceIsKeptToTheNanosecondAndOutlivesTheProcess() throws Exception {
        DatasetName name = publish("bash");
        Instant since = Instant.parse("2026-11-21T10:58:05.123456789Z");
        pool.markDead(List.of(name), since);
        lease.close();
        pool = reopen(pool);
        lease = pool.lease("second");
        pool.recover();
        assertThat(deadSince(name)).contains(since);
        assertThat(pool.list(STORE)).extracting(Dataset::deadSince).containsExactly(Optional.of(since));
    }

    @Test
    void aLaterMarkReplacesTheEarlier() throws Exception {
        DatasetName name = publish("bash");
        pool.markDead(List.of(name), LONG_AGO.plusSeconds(9));
        pool.markDead(List.of(name), LONG_AGO);
        assertThat(deadSince(name)).contains(LONG_AGO);
    }

    @Test
    void whoeverHoldsADatasetClearsItsDate() throws Exception {
        List<DatasetName> names = List.of(publish("held"), publish("protected"), publish("opened"), publish("left"));
        pool.markDead(names, LONG_AGO);
        pool.hold(PIN, List.of(names.get(0)));
        lease.protect(List.of(names.get(1)));
        lease.open(names.get(2));
        assertThat(names.stream().map(this::deadSince))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(LONG_AGO));
    }

    @Test
    void clearDeadTakesTheDateAway() throws Exception {
        List<DatasetName> names = List.of(publish("a"), publish("b"));
        pool.markDead(names, LONG_AGO);
        pool.clearDead(List.of(pkg("missing"), pkg("a")));
        pool.clearDead(List.of(pkg("a")));
        assertThat(deadSince(pkg("a"))).isEmpty();
        assertThat(deadSince(pkg("b"))).contains(LONG_AGO);
    }

    @Test
    void moreThanABatchIsMarkedAtOnce() throws Exception {
        List<DatasetName> names = publishMany(Pool.BATCH + 10);
        pool.markDead(names, LONG_AGO);
        assertThat(pool.list(STORE)).hasSize(names.size()).allSatisfy(dataset -> assertThat(dataset.deadSince())
                .contains(LONG_AGO));
    }
}
