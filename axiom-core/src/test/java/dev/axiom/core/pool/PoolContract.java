package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.testing.Race;
import dev.axiom.core.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every pool must do, through the port alone: a subclass gives a new pool, opens it again, and ends a lease as the
 * death of its process does. The classes above have the checks of single calls; here are the races.
 */
@ExtendWith(Seeds.class)
public abstract class PoolContract extends DestroyContract {
    @Test
    void holdAndDestroyNeverBothSucceed() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            DatasetName name = publish("p" + round);
            Condemned plan = condemned(name);
            List<Boolean> won = Race.results(2, number -> number == 0 ? held(name) : destroyed(plan));
            assertThat(won).as("held, destroyed").containsExactlyInAnyOrder(true, false);
            assertThat(exists(name)).isEqualTo(won.get(0));
        }
    }

    @Test
    void openAndDestroyNeverBothSucceed() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            DatasetName name = publish("p" + round);
            Condemned plan = condemned(name);
            List<Boolean> won = Race.results(2, number -> number == 0 ? opened(name) : destroyed(plan));
            assertThat(won).as("opened, destroyed").containsExactlyInAnyOrder(true, false);
        }
    }

    private boolean held(DatasetName name) {
        try {
            pool.hold(PIN, List.of(name));
            return true;
        } catch (DatasetMissingException gone) {
            return false;
        }
    }

    /** The lease stays open until the end of the test. */
    private boolean opened(DatasetName name) throws Exception {
        try {
            assertThat(contentOf(lease.open(name))).isEqualTo(name.leaf());
            return true;
        } catch (DatasetMissingException gone) {
            return false;
        }
    }

    private boolean destroyed(Condemned plan) {
        try (Lease collector = pool.lease("collector")) {
            Outcome outcome =
                    pool.destroyUnheld(collector, List.of(plan)).get(0).outcome();
            assertThat(outcome).isIn(Outcome.DESTROYED, Outcome.HELD, Outcome.REVIVED);
            return outcome == Outcome.DESTROYED;
        }
    }

    @Test
    void eachDatasetIsDestroyedOnceHoweverManyCollect() throws Exception {
        List<DatasetName> names = publishMany(50);
        AtomicInteger destroyed = new AtomicInteger();
        Race.run(4, number -> destroy(names).forEach(result -> {
            assertThat(result.outcome()).isIn(Outcome.DESTROYED, Outcome.MISSING);
            destroyed.addAndGet(result.outcome() == Outcome.DESTROYED ? 1 : 0);
        }));
        assertThat(destroyed).hasValue(names.size());
        assertThat(pool.list(STORE)).isEmpty();
    }

    @Test
    void aListingIsWholeWhileDatasetsComeAndGo() throws Exception {
        DatasetName constant = publish("constant");
        Race.run(3, number -> {
            for (int i = 0; i < rounds(); i++) {
                if (number == 0) {
                    publish("same");
                    assertThat(destroy(pkg("same"))).isEqualTo(Outcome.DESTROYED);
                } else {
                    assertThat(listed(STORE)).contains(constant);
                    pool.find(pkg("same"));
                }
            }
        });
    }

    @Test
    void recoveryNeverDisturbsTheLiving() throws Exception {
        Race.run(4, number -> {
            for (int i = 0; i < rounds(); i++) {
                if (number < 2) {
                    pool.recover();
                } else {
                    DatasetName name = pkg("p" + number + "-" + i);
                    try (Lease own = pool.lease("worker")) {
                        publish(own, name, Map.of());
                        assertThat(contentOf(own.open(name))).isEqualTo(name.leaf());
                        assertThat(own.isAlive()).isTrue();
                    }
                }
            }
        });
        assertThat(pool.list(STORE)).hasSize(2 * rounds());
    }

    /** Users, publishers and collectors on the same few datasets: who holds one always finds it, whole. */
    @Test
    void nobodyEverLosesWhatIsHeld() throws Exception {
        long seed = Seeds.seed();
        int datasets = 6;
        for (int i = 0; i < datasets; i++) {
            publish("p" + i);
        }
        AtomicInteger used = new AtomicInteger();
        AtomicInteger collected = new AtomicInteger();
        Race.run(9, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < rounds(); i++) {
                DatasetName name = pkg("p" + random.nextInt(datasets));
                switch (number % 3) {
                    case 0 -> used.addAndGet(use(name, new HoldTag("user:" + number), random));
                    case 1 -> collected.addAndGet(collect(List.of(name, pkg("p" + random.nextInt(datasets)))));
                    default -> publishAgain(name);
                }
            }
        });
        assertThat(used).as("datasets used").hasPositiveValue();
        assertThat(collected).as("datasets collected").hasPositiveValue();
        assertThat(pool.holds(pkgs("p0", "p1", "p2", "p3", "p4", "p5"))).isEmpty();
    }

    private int use(DatasetName name, HoldTag tag, Random random) throws Exception {
        try (Lease own = pool.lease("user")) {
            if (random.nextBoolean()) {
                own.protect(List.of(name));
            } else {
                pool.hold(tag, List.of(name));
            }
            assertThat(pool.find(name)).as("a held dataset").isPresent();
            assertThat(contentOf(own.open(name))).isEqualTo(name.leaf());
            return 1;
        } catch (DatasetMissingException collectedBefore) {
            return 0;
        } finally {
            pool.release(tag, List.of(name));
        }
    }

    private int collect(List<DatasetName> names) {
        pool.markDead(names, LONG_AGO);
        return (int) destroy(names).stream()
                .filter(result -> result.outcome() == Outcome.DESTROYED)
                .count();
    }

    private void publishAgain(DatasetName name) throws Exception {
        try {
            publish(name.leaf());
        } catch (DatasetExistsException there) {
            // as it should be
        }
    }
}
