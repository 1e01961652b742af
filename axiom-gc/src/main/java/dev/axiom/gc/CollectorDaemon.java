package dev.axiom.gc;

import dev.axiom.core.lock.Uninterrupted;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/**
 * Collects again and again, in a thread of its own. A run that fails, or finds another collection at work, is reported
 * and counted, and the next one comes in its turn; a defect (any other exception) ends the daemon, for its supervisor to
 * see.
 */
public final class CollectorDaemon {
    private final Collection collection;
    private final Duration interval;
    private final GcMetrics metrics;
    private final Listener listener;

    /** One collection; throws as {@link GarbageCollector#run}. */
    public interface Collection {
        Report run();
    }

    /** Hears how each run ended. */
    public interface Listener {
        void collected(Report report);

        void failed(AxiomException failure);
    }

    /** @param interval from the start of one run to the start of the next; a run that takes longer delays the next */
    public CollectorDaemon(Collection collection, Duration interval, GcMetrics metrics, Listener listener) {
        this.collection = collection;
        this.interval = interval;
        this.metrics = metrics;
        this.listener = listener;
    }

    /**
     * Runs at once and then at every interval, until asked to stop; never two at a time. An interrupt of the calling
     * thread, which only waits, counts as asking: it tears neither a collection nor what is done to begin or report one.
     *
     * @param stop also to be asked by the collection between its batches
     */
    public void run(StopSignal stop) {
        FutureTask<Boolean> runs = new FutureTask<>(() -> collectUntil(stop), true);
        new Thread(runs, "axiom-gc-daemon").start();
        Uninterrupted.get(runs, stop::request);
    }

    private void collectUntil(StopSignal stop) {
        while (!stop.isRequested()) {
            long start = System.nanoTime();
            collect(start);
            Duration left = interval.minusNanos(System.nanoTime() - start);
            stop.await(left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void collect(long start) {
        try {
            Report report = collection.run();
            GcMetrics.Outcome outcome =
                    report.interrupted() ? GcMetrics.Outcome.INTERRUPTED : GcMetrics.Outcome.SUCCESS;
            metrics.record(report, outcome, since(start));
            listener.collected(report);
        } catch (CollectionFailedException e) {
            metrics.record(e.report(), GcMetrics.Outcome.FAILED, since(start));
            listener.failed(e);
        } catch (AxiomException e) {
            boolean busy = e.code() == ErrorCode.BUSY;
            metrics.record(busy ? GcMetrics.Outcome.BUSY : GcMetrics.Outcome.FAILED, since(start));
            listener.failed(e);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
