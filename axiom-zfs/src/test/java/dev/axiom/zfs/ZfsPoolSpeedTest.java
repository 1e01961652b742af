package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.testing.Race;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Callers share transactions: ratios within one run, whatever the machine. Says what it measured. AXIOM_TEST_DISK says what the
 * pool's disk is: {@code slow} takes its time for each request as a real one does beside a real processor, {@code busy} does few
 * of them in a second; without it, it is memory beside an emulated processor. AXIOM_TEST_MANY: how many packages (96).
 */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsPoolSpeedTest {
    private static final int ALONE = 12;
    private static final int TOGETHER = Integer.parseInt(System.getenv().getOrDefault("AXIOM_TEST_MANY", "96"));
    private static final int THREADS = 32;
    private static final String DISK = System.getenv().getOrDefault("AXIOM_TEST_DISK", "memory");

    /** Of what 32 threads add to what one adds, in transactions. */
    private static final int RATIO = 8;

    /** In seconds: what 32 threads must win against one (wanted are 8), and a collection against the command (20). */
    private record Wins(int adding, int collecting) {}

    /** A slow disk shows both; docs/PERFORMANCE.md says what else bounds them on the others. */
    private static final Wins WINS =
            switch (DISK) {
                case "slow" -> new Wins(8, 20);
                case "busy" -> new Wins(4, 20);
                default -> new Wins(1, 6);
            };

    private final String parent = System.getenv("AXIOM_TEST_DATASET");
    private int marker;

    @Test
    void callersShareTransactions() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try (Pool pool = ZfsPools.create(parent + "/speed");
                Lease lease = pool.lease("speed")) {
            ZfsPoolKernelTest.publish(lease, name(1_000_000)); // classes, and the first of everything
            Measure alone = measure("add, 1 thread", ALONE, () -> {
                for (int i = 0; i < ALONE; i++) {
                    ZfsPoolKernelTest.publish(lease, name(i));
                }
            });
            Measure together = measure(
                    "add, " + THREADS + " threads",
                    TOGETHER,
                    () -> Race.run(THREADS, number -> {
                        for (int i = number; i < TOGETHER; i += THREADS) {
                            ZfsPoolKernelTest.publish(lease, name(ALONE + i));
                        }
                    }));
            Measure listing = measure("list", ALONE + TOGETHER, () -> assertThat(pool.list(ZfsNames.STORE))
                    .hasSize(ALONE + TOGETHER + 1));
            Measure command = measure(
                    "zfs list, the command",
                    ALONE + TOGETHER,
                    () -> run(
                            "zfs",
                            "list",
                            "-Hp",
                            "-t",
                            "snapshot",
                            "-o",
                            "name,referenced,userrefs,axiom:name,axiom.pool:dead-since",
                            "-r",
                            parent + "/speed/store"));
            assertThat(listing.each()).as("listing").isLessThan(command.each());
            lease.close();
            collect(pool);
            assertThat(together.txgs()).as("transactions").isLessThan(TOGETHER);
            assertThat(together.packagesInOne())
                    .as("packages in one transaction")
                    .isGreaterThan(RATIO * alone.packagesInOne());
            assertThat(together.each()).as("seconds for each").isLessThan(alone.each() / WINS.adding());
        } finally {
            meters.getMeters().forEach(meter -> {
                if (meter instanceof Timer timer) {
                    say("%-24s %6d calls, mean %8.2f ms, longest %8.2f ms"
                            .formatted(
                                    Optional.ofNullable(timer.getId().getTag("call"))
                                            .orElse("(wait for the mutex)"),
                                    timer.count(),
                                    timer.mean(TimeUnit.MILLISECONDS),
                                    timer.max(TimeUnit.MILLISECONDS)));
                }
            });
            Metrics.removeRegistry(meters);
        }
    }

    private void collect(Pool pool) throws Exception {
        List<Condemned> batch = pool.list(ZfsNames.STORE).stream()
                .map(Dataset::name)
                .map(name -> new Condemned(name, Optional.empty()))
                .toList();
        Measure command = measure("zfs destroy, the command", 8, () -> {
            for (Condemned condemned : batch.subList(0, 8)) {
                String dataset = parent + "/speed/" + condemned.name();
                run("zfs", "destroy", "-r", dataset);
            }
        });
        try (Lease collector = pool.lease("collector")) {
            Measure all = measure("collect", batch.size() - 8, () -> {
                for (int from = 8; from < batch.size(); from += Pool.BATCH) {
                    List<Condemned> some = batch.subList(from, Math.min(from + Pool.BATCH, batch.size()));
                    assertThat(pool.destroyUnheld(collector, some))
                            .extracting(Destruction::outcome)
                            .containsOnly(Outcome.DESTROYED);
                }
            });
            assertThat(all.txgs())
                    .as("transactions of a collection")
                    .isLessThanOrEqualTo(Math.max(3, all.count() / 100));
            assertThat(all.each()).as("seconds for each").isLessThan(command.each() / WINS.collecting());
        }
    }

    private static DatasetName name(int number) {
        return ZfsNames.STORE.child("p" + number);
    }

    private interface Work {
        void run() throws Exception;
    }

    private record Measure(double seconds, long txgs, int count) {
        double each() {
            return seconds / count;
        }

        double packagesInOne() {
            return (double) count / txgs;
        }
    }

    private Measure measure(String what, int count, Work work) throws Exception {
        long before = txg();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        Measure measure = new Measure(seconds, txg() - before, count);
        say("%-28s %4d in %7.2f s, %7.1f ms each, %d txgs"
                .formatted(what, count, seconds, measure.each() * 1_000, measure.txgs()));
        return measure;
    }

    /** The transaction that a new snapshot was made in; that one is counted too. */
    private long txg() throws Exception {
        String snapshot = parent + "@speed" + ++marker;
        run("zfs", "snapshot", snapshot);
        return Long.parseLong(run("zfs", "get", "-Hpo", "value", "createtxg", snapshot));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
