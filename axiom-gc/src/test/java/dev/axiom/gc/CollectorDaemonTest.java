package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CollectorDaemonTest {
    private static final Instant THEN = Instant.parse("2026-06-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> heard = new ArrayList<>();

    private static Report report(String collected, String skipped, boolean interrupted) {
        Plan plan =
                Planner.plan(World.survey(collected + " " + skipped), CollectOptions.DEFAULT.withGrace(Duration.ZERO));
        return new Report(
                plan,
                Letters.ids(collected),
                Letters.ids(skipped).stream()
                        .map(id -> new Report.Skipped(id, "held"))
                        .toList(),
                new Report.Others(List.of(), List.of(), List.of(), List.of()),
                10L * Letters.ids(collected).size(),
                interrupted);
    }

    /** Runs these collections one after another, then stops. */
    private void run(List<Supplier<Report>> runs) {
        StopSignal stop = new StopSignal();
        Iterator<Supplier<Report>> next = runs.iterator();
        CollectorDaemon.Listener listener = new CollectorDaemon.Listener() {
            @Override
            public void collected(Report report) {
                hear("collected " + Letters.of(report.collected()));
            }

            @Override
            public void failed(AxiomException failure) {
                hear("failed " + failure.getMessage());
            }

            private void hear(String what) {
                heard.add(what);
                if (!next.hasNext()) {
                    stop.request();
                }
            }
        };
        new CollectorDaemon(
                        () -> next.next().get(),
                        Duration.ofMillis(1),
                        new GcMetrics(registry, new TestClock(THEN)),
                        listener)
                .run(stop);
    }

    private double runs(String outcome) {
        return registry.get("axiom.gc.runs").tag("outcome", outcome).counter().count();
    }

    @Test
    void runsFollowEachOtherWhateverHappensAndAreCounted() {
        run(List.of(
                () -> report("a b", "c", false),
                () -> {
                    throw new AxiomException(ErrorCode.BUSY, "busy");
                },
                () -> {
                    throw new AxiomException(ErrorCode.CORRUPT, "corrupt");
                },
                () -> {
                    throw new CollectionFailedException(
                            report("d", "", false), new AxiomException(ErrorCode.UNAVAILABLE, "gone"));
                },
                () -> report("e", "", true)));

        assertThat(heard)
                .containsExactly(
                        "collected a b",
                        "failed busy",
                        "failed corrupt",
                        "failed the collection gave up after 1 of 1 packages: gone",
                        "collected e");
        assertThat(runs("success")).isEqualTo(1);
        assertThat(runs("busy")).isEqualTo(1);
        assertThat(runs("failed")).isEqualTo(2);
        assertThat(runs("interrupted")).isEqualTo(1);
        assertThat(registry.get("axiom.gc.destroyed").counter().count()).isEqualTo(4);
        assertThat(registry.get("axiom.gc.freed.bytes").counter().count()).isEqualTo(40);
        assertThat(registry.get("axiom.gc.skipped").counter().count()).isEqualTo(1);
        assertThat(registry.get("axiom.gc.duration").timer().count()).isEqualTo(5);
        assertThat(registry.get("axiom.gc.last.success").gauge().value()).isEqualTo((double) THEN.getEpochSecond());
    }

    @Test
    void aDefectEndsTheDaemon() {
        assertThatThrownBy(() -> run(List.of(() -> {
                    throw new IllegalStateException("a defect");
                })))
                .hasMessage("a defect");
    }

    @Test
    void aRequestToStopEndsTheWaitAtOnce() {
        StopSignal stop = new StopSignal();
        stop.request();
        assertThat(stop.await(Duration.ofDays(1))).isTrue();
        assertThat(new StopSignal().await(Duration.ZERO)).isFalse();
    }

    @Test
    void anInterruptCountsAsARequest() {
        StopSignal stop = new StopSignal();
        Thread.currentThread().interrupt();
        assertThat(stop.await(Duration.ofDays(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stop.isRequested()).isTrue();
    }
}
