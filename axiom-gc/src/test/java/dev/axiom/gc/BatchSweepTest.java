package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.StoredPackage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a sweep of several batches ends. */
@Timeout(60)
class BatchSweepTest {
    private static final List<DeadPackage> DEAD = Stream.of("a", "b")
            .map(letter -> new StoredPackage(
                    Letters.id(letter), new DatasetName("store/" + letter), 1, Optional.empty(), Map.of()))
            .map(stored -> new DeadPackage(stored, Instant.EPOCH, Duration.ZERO))
            .toList();

    private final Thread caller = Thread.currentThread();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean broken;

    /** The caller ends the lease then, by which what lies in the trash has an owner. */
    @Test
    void aDefectLeavesNoBatchAtWork() {
        BatchSweep sweep = new BatchSweep(pool(), unused(), new StopSignal(), 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> sweep.run(DEAD, batch -> {
                    broken = true;
                    throw new IllegalStateException("a defect");
                }));
        assertThat(ended).hasValue(2);
    }

    /** Its second batch goes on until the sweep's caller waits for it. */
    private Pool pool() {
        return (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(),
                new Class<?>[] {Pool.class},
                (proxy, method, given) -> destroy((Condemned) ((List<?>) given[1]).get(0)));
    }

    private List<Destruction> destroy(Condemned one) {
        boolean second = one.name().equals(DEAD.get(1).stored().dataset());
        while (second && !(broken && caller.getState() != Thread.State.RUNNABLE)) {
            Thread.onSpinWait();
        }
        ended.incrementAndGet();
        return List.of(Destruction.destroyed(one.name(), 1));
    }

    private static Lease unused() {
        return (Lease) Proxy.newProxyInstance(
                Lease.class.getClassLoader(), new Class<?>[] {Lease.class}, (proxy, method, given) -> null);
    }
}
