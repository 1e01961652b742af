package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ErasersTest {
    private final Queue<Integer> erased = new ConcurrentLinkedQueue<>();

    private static List<Integer> trees(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Who erases one after another never gets past the barrier. */
    @Test
    void severalAreErasedAtATime() {
        CyclicBarrier all = new CyclicBarrier(Erasers.AT_A_TIME);
        List<Integer> trees = trees(5 * Erasers.AT_A_TIME);
        Erasers.each(trees, tree -> {
            await(all);
            erased.add(tree);
        });
        assertThat(erased).containsExactlyInAnyOrderElementsOf(trees);
    }

    @Test
    void oneNeedsNoOtherThread() {
        Thread caller = Thread.currentThread();
        Erasers.each(trees(1), tree -> assertThat(Thread.currentThread()).isSameAs(caller));
    }

    /** The others go on until the caller waits for them. */
    @Test
    void anInterruptTearsNothingAndIsKept() {
        CyclicBarrier all = new CyclicBarrier(Erasers.AT_A_TIME);
        Thread caller = Thread.currentThread();
        Erasers.each(trees(Erasers.AT_A_TIME), tree -> {
            await(all);
            if (Thread.currentThread() != caller) {
                caller.interrupt();
                while (caller.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
            }
            erased.add(tree);
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(erased).hasSize(Erasers.AT_A_TIME);
    }

    /** The thread that meets it ends; the rest is done by the others. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDefectIsThrownWhenTheOthersHaveEnded(boolean byCaller) {
        CyclicBarrier all = new CyclicBarrier(Erasers.AT_A_TIME);
        Thread caller = Thread.currentThread();
        Set<Thread> met = ConcurrentHashMap.newKeySet();
        AtomicBoolean broken = new AtomicBoolean();
        List<Integer> trees = trees(5 * Erasers.AT_A_TIME);
        assertThatThrownBy(() -> Erasers.each(trees, tree -> {
                    if (met.add(Thread.currentThread())) {
                        await(all);
                    }
                    if ((Thread.currentThread() == caller) == byCaller && broken.compareAndSet(false, true)) {
                        throw new IllegalStateException("a defect");
                    }
                    erased.add(tree);
                }))
                .hasMessage("a defect");
        assertThat(erased).hasSize(trees.size() - 1);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("fewer threads than wanted came", e);
        }
    }
}
