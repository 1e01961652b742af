package dev.axiom.gc;

import dev.axiom.core.lock.Uninterrupted;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Sweeps condemned packages in batches, a few at a time: while one waits for the disk, the next is decided on, and the
 * pool makes several durable with one flush.
 */
final class BatchSweep {
    /** Enough to share flushes; few enough that a request to stop is answered soon. */
    static final int AT_A_TIME = 4;

    private final Pool pool;
    private final Lease lease;
    private final StopSignal stop;
    private final int atATime;

    /** @param atATime how many batches are worked on at the same time */
    BatchSweep(Pool pool, Lease lease, StopSignal stop, int atATime) {
        this.pool = pool;
        this.lease = lease;
        this.stop = stop;
        this.atATime = atATime;
    }

    /** Hears of each batch, in order. */
    interface Listener extends Consumer<Map<DeadPackage, Destruction>> {}

    /**
     * Sweeps. Batches that have begun are finished in every case, and reported unless a defect (any exception but
     * {@link AxiomException}) ends the sweep.
     *
     * @return false if it was asked to stop before the end
     * @throws AxiomException if a batch failed as a whole; none is begun after that
     */
    boolean run(List<DeadPackage> condemned, Listener listener) {
        ExecutorService workers = Executors.newFixedThreadPool(atATime);
        try {
            Deque<Future<Map<DeadPackage, Destruction>>> begun = new ArrayDeque<>();
            List<AxiomException> failures = new ArrayList<>();
            int size = Math.max(1, Math.min(Pool.BATCH, (condemned.size() + atATime - 1) / atATime));
            int from = 0;
            while (from < condemned.size() && failures.isEmpty() && !stop.isRequested()) {
                int to = Math.min(from + size, condemned.size());
                List<DeadPackage> batch = condemned.subList(from, to);
                begun.add(workers.submit(() -> sweep(batch)));
                from = to;
                if (begun.size() == atATime) {
                    finish(begun.remove(), listener, failures);
                }
            }
            while (!begun.isEmpty()) {
                finish(begun.remove(), listener, failures);
            }
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
            return from == condemned.size();
        } finally {
            Uninterrupted.end(workers); // or they would go on without the lease
        }
    }

    private static void finish(
            Future<Map<DeadPackage, Destruction>> batch, Listener listener, List<AxiomException> failures) {
        try {
            listener.accept(Uninterrupted.get(batch, () -> {}));
        } catch (AxiomException e) {
            failures.add(e);
        }
    }

    private Map<DeadPackage, Destruction> sweep(List<DeadPackage> batch) {
        List<Destruction> results = pool.destroyUnheld(
                lease,
                batch.stream()
                        .map(dead -> new Condemned(
                                dead.stored().dataset(), dead.stored().deadSince()))
                        .toList());
        Map<DeadPackage, Destruction> byPackage = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            byPackage.put(batch.get(i), results.get(i));
        }
        return byPackage;
    }
}
