package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.lock.FileLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gc --daemon}, in a thread of the test; the signals that end it are a matter of {@link GcDaemonIT}. */
@Timeout(120)
class GcDaemonTest {
    private static final int PIPE = 1 << 20;

    private final PoolRun pool;
    private final Path folder;
    private final Path lock;

    GcDaemonTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.pool = new PoolRun(folder);
        this.lock = folder.resolve("gc.lock");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** The program in a thread, read as it writes. */
    private final class Daemon implements AutoCloseable {
        private final PipedInputStream out = new PipedInputStream(PIPE);
        private final PipedInputStream err = new PipedInputStream(PIPE);
        private final BufferedReader said = reader(out);
        private final BufferedReader complained = reader(err);
        private final FutureTask<Integer> run;
        private final Thread thread;

        Daemon(String... options) throws IOException {
            List<String> all = new ArrayList<>(
                    List.of("gc", "--daemon", "--json", "--grace", "0", "--lock-file", lock.toString()));
            all.addAll(List.of(options));
            Environment world = new Environment(
                    pool.variables(),
                    InputStream.nullInputStream(),
                    new PipedOutputStream(out),
                    new PipedOutputStream(err),
                    Environment.Terminal.NONE,
                    Path.of("").toAbsolutePath(),
                    false,
                    Clock.systemUTC());
            run = new FutureTask<>(() -> Main.run(all, world));
            thread = new Thread(run, "daemon");
            thread.start();
        }

        private static BufferedReader reader(InputStream stream) {
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }

        /** Waits for the first report that says this. */
        String report(String part) throws IOException {
            return await(said, part);
        }

        String complaint(String part) throws IOException {
            return await(complained, part);
        }

        private static String await(BufferedReader lines, String part) throws IOException {
            while (true) {
                String line = lines.readLine();
                assertThat(line).as("before '%s' was said", part).isNotNull();
                if (line.contains(part)) {
                    return line;
                }
            }
        }

        /** Ends it as the signal guard does, and gives its exit code. */
        int stop() throws Exception {
            thread.interrupt();
            return run.get(60, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void whatDiesIsCollectedRunAfterRun() throws Exception {
        pool.add("first", "1.0");
        try (Daemon daemon = new Daemon("--every", "1s")) {
            assertThat(daemon.report("first@")).startsWith("{\"dryRun\":false,\"collected\":[\"first@1.0_1+");
            pool.add("second", "1.0");
            assertThat(daemon.report("second@")).startsWith("{\"dryRun\":false,\"collected\":[\"second@1.0_1+");
            assertThat(daemon.stop()).isZero();
        }
        assertThat(pool.packages()).isEmpty();
    }

    @Test
    void aRunThatFailsIsReportedAndTheNextOnesFollow() throws Exception {
        Path record = pool.pool().resolve("state/pins/broken.pin.yaml");
        Files.createDirectories(record.getParent());
        Files.writeString(record, "broken");
        pool.add("dead", "1.0");
        try (Daemon daemon = new Daemon("--every", "1s")) {
            assertThat(daemon.complaint("broken.pin.yaml")).startsWith("{\"error\":{\"code\":\"corrupt\"");
            Files.delete(record);
            daemon.report("dead@");
            try (FileLock another = FileLock.exclusive(
                    new FileLock.Request(lock, "the lock", Duration.ofSeconds(30), "axiom gc of another"))) {
                assertThat(daemon.complaint("axiom gc of another")).startsWith("{\"error\":{\"code\":\"busy\"");
            }
            pool.add("late", "1.0");
            daemon.report("late@");
            assertThat(daemon.stop()).isZero();
        }
    }

    @Test
    void betweenRunsItHoldsNothing() throws Exception {
        pool.add("dead", "1.0");
        try (Daemon daemon = new Daemon("--every", "1d")) {
            daemon.report("dead@");
            // The report is printed at the end of a run, and the next one is a day away.
            try (FileLock free =
                    FileLock.exclusive(new FileLock.Request(lock, "the lock", Duration.ofSeconds(30), "the test"))) {
                assertThat(pool.store.pool.leases()).isEmpty();
            }
            assertThat(daemon.stop()).isZero();
        }
    }

    @Test
    void theIntervalMayBeConfigured() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "gc: {every: 1s}\n");
        pool.add("first", "1.0");
        try (Daemon daemon = new Daemon("--config", config.toString())) {
            daemon.report("first@");
            pool.add("second", "1.0");
            daemon.report("second@");
            assertThat(daemon.stop()).isZero();
        }
    }

    @Test
    void whatMakesNoSenseDoesNothing() throws Exception {
        pool.add("dead", "1.0");
        assertThat(pool.refusal(2, "gc", "--every", "1h", "--grace", "0")).contains("--daemon");
        assertThat(pool.refusal(2, "gc", "--daemon", "--dry-run")).contains("--dry-run");
        assertThat(pool.refusal(2, "gc", "--daemon", "--every", "10ms")).contains("1s or more");
        assertThat(pool.refusal(3, "gc", "--daemon", "--config", "/nowhere/config.yaml"))
                .contains("/nowhere/config.yaml");
        assertThat(pool.packages()).isEqualTo("dead@1.0");
    }
}
