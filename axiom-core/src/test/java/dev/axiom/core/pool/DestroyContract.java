package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Destruction.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The one atomic step: not held, not busy, still condemned, destroyed. */
abstract class DestroyContract extends LeaseContract {

    @Test
    void whatNobodyHoldsIsDestroyed() throws Exception {
        DatasetName name = publish("bash");
        Path folder;
        try (Lease reader = pool.lease("reader")) {
            folder = reader.open(name);
        }
        assertThat(destroy(List.of(name))).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo(name);
            assertThat(result.outcome()).isEqualTo(Outcome.DESTROYED);
            assertThat(result.bytesFreed()).isNotNegative();
            assertThat(result.reason()).isEmpty();
        });
        assertThat(pool.find(name)).isEmpty();
        assertThat(pool.list(STORE)).isEmpty();
        assertThat(Files.exists(folder.resolve("content"))).isFalse();
    }

    @Test
    void theNameOfADestroyedDatasetIsFree() throws Exception {
        DatasetName name = publish("bash");
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
        publish(lease, name, Map.of("second", "life"));
        assertThat(pool.find(name).map(Dataset::properties)).contains(Map.of("second", "life"));
        assertThat(deadSince(name)).isEmpty();
    }

    @Test
    void aHeldDatasetStaysAndItsHoldersAreNamed() throws Exception {
        DatasetName name = publish("bash");
        pool.hold(PIN, List.of(name));
        lease.protect(List.of(name));
        assertThat(destroy(List.of(name))).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.HELD);
            assertThat(result.reason()).contains(PIN.value(), lease.id());
            assertThat(result.bytesFreed()).isZero();
        });
        assertThat(contentOf(lease.open(name))).isEqualTo("bash");
    }

    @Test
    void aDatasetUsedSinceThePlanStays() throws Exception {
        DatasetName name = publish("bash");
        pool.markDead(List.of(name), LONG_AGO);
        Condemned plan = condemned(name);
        pool.hold(PIN, List.of(name));
        pool.release(PIN, List.of(name));
        assertThat(pool.destroyUnheld(lease, List.of(plan)))
                .extracting(Destruction::outcome)
                .containsExactly(Outcome.REVIVED);
        assertThat(exists(name)).isTrue();
    }

    @Test
    void anotherDateIsAnotherCondemnation() throws Exception {
        DatasetName marked = publish("marked");
        DatasetName unmarked = publish("unmarked");
        pool.markDead(List.of(marked), LONG_AGO);
        List<Condemned> wrong = List.of(
                new Condemned(marked, Optional.of(LONG_AGO.plusNanos(1))),
                new Condemned(marked, Optional.empty()),
                new Condemned(unmarked, Optional.of(LONG_AGO)));
        assertThat(pool.destroyUnheld(lease, wrong))
                .extracting(Destruction::outcome)
                .containsOnly(Outcome.REVIVED);
        List<Condemned> right =
                List.of(new Condemned(marked, Optional.of(LONG_AGO)), new Condemned(unmarked, Optional.empty()));
        assertThat(pool.destroyUnheld(lease, right))
                .extracting(Destruction::outcome)
                .containsOnly(Outcome.DESTROYED);
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(destroy(pkg("gone"))).isEqualTo(Outcome.MISSING);
    }

    @Test
    void eachGetsItsOwnResultInOrder() throws Exception {
        DatasetName dead = publish("a-dead");
        DatasetName held = publish("b-held");
        DatasetName revived = publish("c-revived");
        DatasetName second = publish("d-dead");
        pool.hold(PIN, List.of(held));
        List<Condemned> batch = List.of(
                condemned(second),
                condemned(pkg("gone")),
                condemned(held),
                new Condemned(revived, Optional.of(LONG_AGO)),
                condemned(dead));
        List<Destruction> results = pool.destroyUnheld(lease, batch);
        assertThat(results).extracting(Destruction::name).containsExactly(second, pkg("gone"), held, revived, dead);
        assertThat(results)
                .extracting(Destruction::outcome)
                .containsExactly(Outcome.DESTROYED, Outcome.MISSING, Outcome.HELD, Outcome.REVIVED, Outcome.DESTROYED);
        assertThat(listed(STORE)).containsExactly(held, revived);
    }

    @Test
    void theSameNameTwiceIsDestroyedOnce() throws Exception {
        DatasetName name = publish("bash");
        assertThat(destroy(List.of(name, name)))
                .extracting(Destruction::outcome)
                .containsExactly(Outcome.DESTROYED, Outcome.MISSING);
    }

    @Test
    void anEmptyBatchIsFine() {
        assertThat(pool.destroyUnheld(lease, List.of())).isEmpty();
    }

    @Test
    void aWholeBatchGoesAtOnce() throws Exception {
        List<DatasetName> names = new ArrayList<>(publishMany(Pool.BATCH));
        DatasetName bystander = publish("bystander");
        Collections.shuffle(names, new Random(1));
        assertThat(destroy(names)).extracting(Destruction::name).isEqualTo(names);
        assertThat(listed(STORE)).containsExactly(bystander);
    }

    @Test
    void generationsAreDestroyedLikePackages() throws Exception {
        DatasetName first = new DatasetName("env/dev/1");
        DatasetName second = new DatasetName("env/dev/2");
        try (Lease publisher = pool.lease("publisher")) {
            publish(publisher, first, Map.of());
            publish(publisher, second, Map.of());
        }
        pool.hold(new HoldTag("env:dev:2"), List.of(second));
        assertThat(destroy(List.of(first, second)))
                .extracting(Destruction::outcome)
                .containsExactly(Outcome.DESTROYED, Outcome.HELD);
        assertThat(listed(ENV.child("dev"))).containsExactly(second);
    }

    @Test
    void nothingIsLeftOfADestructionAfterRecovery() throws Exception {
        assertNothingIsLeftOf(doomed -> pool.destroyUnheld(doomed, List.of(condemned(pkg("bash")))));
    }

    /** @param destruction of bash, by a lease that then dies */
    private void assertNothingIsLeftOf(Function<Lease, List<Destruction>> destruction) throws Exception {
        DatasetName name = publish("bash");
        Lease doomed = pool.lease("doomed collector");
        assertThat(destruction.apply(doomed)).extracting(Destruction::outcome).containsExactly(Outcome.DESTROYED);
        kill(doomed);
        pool.recover();
        assertThat(pool.list(STORE)).isEmpty();
        publish("bash");
        assertThat(contentOf(lease.open(name))).isEqualTo("bash");
    }

    @Test
    void whatIsTakenIsGoneForEverybodyBeforeItIsErased() throws Exception {
        DatasetName name = publish("bash");
        DatasetName held = publish("held");
        pool.hold(PIN, List.of(held));
        Taken taken = pool.takeUnheld(lease, List.of(condemned(name), condemned(held)));
        assertThat(taken.results()).extracting(Destruction::outcome).containsExactly(Outcome.DESTROYED, Outcome.HELD);
        assertThat(listed(STORE)).containsExactly(held);
        publish(lease, name, Map.of("second", "life"));
        for (int twice = 0; twice < 2; twice++) {
            assertThat(taken.erase()).extracting(Destruction::outcome).containsExactly(Outcome.DESTROYED, Outcome.HELD);
        }
        assertThat(contentOf(lease.open(name))).isEqualTo("bash");
        assertThat(listed(STORE)).containsExactly(name, held);
    }

    @Test
    void whatTheDeadHaveTakenIsErasedByRecovery() throws Exception {
        assertNothingIsLeftOf(doomed ->
                pool.takeUnheld(doomed, List.of(condemned(pkg("bash")))).results());
    }
}
