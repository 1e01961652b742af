package dev.axiom.gc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What collections did, as meters: {@code axiom.gc.runs} by outcome, {@code axiom.gc.duration},
 * {@code axiom.gc.destroyed}, {@code axiom.gc.freed.bytes}, {@code axiom.gc.skipped}, and {@code axiom.gc.last.success}
 * (seconds since 1970; 0 before the first).
 */
public final class GcMetrics {
    /** How a run ended, the tag {@code outcome}. */
    enum Outcome {
        SUCCESS,
        INTERRUPTED,
        BUSY,
        FAILED;

        private final String tag = name().toLowerCase(Locale.ROOT);
    }

    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer duration;
    private final Counter destroyed;
    private final Counter freed;
    private final Counter skipped;
    private final AtomicLong lastSuccess;

    /** @param registry where the meters go; the caller says how they are published */
    public GcMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.duration = registry.timer("axiom.gc.duration");
        this.destroyed = registry.counter("axiom.gc.destroyed");
        this.freed = registry.counter("axiom.gc.freed.bytes");
        this.skipped = registry.counter("axiom.gc.skipped");
        this.lastSuccess = new AtomicLong();
        registry.gauge("axiom.gc.last.success", lastSuccess);
        for (Outcome outcome : Outcome.values()) {
            runs(outcome); // so that a rate can be computed before the first of its kind
        }
    }

    private Counter runs(Outcome outcome) {
        return registry.counter("axiom.gc.runs", "outcome", outcome.tag);
    }

    /** Counts a run that made a report, whole or not. */
    void record(Report report, Outcome outcome, Duration took) {
        destroyed.increment(report.collected().size());
        freed.increment((double) report.bytesFreed());
        skipped.increment(report.skipped().size());
        record(outcome, took);
    }

    /** Counts a run that did nothing. */
    void record(Outcome outcome, Duration took) {
        runs(outcome).increment();
        duration.record(took);
        if (outcome == Outcome.SUCCESS) {
            lastSuccess.set(clock.instant().getEpochSecond());
        }
    }
}
