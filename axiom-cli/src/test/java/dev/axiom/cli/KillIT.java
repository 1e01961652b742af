package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed with SIGKILL at random points of adding, resolving, realizing and collecting. After
 * each kill nothing is half there; after the next command nothing is left over.
 */
@ExtendWith(Seeds.class)
class KillIT {
    private static final int KILLS = Integer.getInteger("axiom.kills", 200);
    private static final int AUDIT_EVERY = 20;

    private final Random random = Seeds.random();
    private final Path folder;
    private final VersionedTrees trees;
    private final Path pool;
    private final String program;
    private final Map<String, Long> usual = new TreeMap<>();

    KillIT(@TempDir Path folder) {
        this.folder = folder;
        this.trees = new VersionedTrees(folder.resolve("trees"), 0);
        this.pool = folder.resolve("pool");
        this.program = System.getProperty("axiom.distribution") + "/bin/axiom";
    }

    @Test
    void killedAnywhereEverythingIsWhole() throws Exception {
        prepare();
        int kills = 0;
        int attempts = 0;
        while (kills < KILLS) {
            assertThat(attempts++).as("attempts for %d kills", kills).isLessThan(KILLS * 5);
            if (killOne()) {
                kills++;
                if (kills % AUDIT_EVERY == 0) {
                    audit();
                }
            }
        }
        audit();
    }

    /** One uninterrupted round tells how long each command takes on this machine. */
    private void prepare() throws Exception {
        run("setup");
        run("profile", "create", "dev");
        run("profile", "add", "dev", "tool0", "tool1");
        for (List<String> command : round()) {
            long start = System.nanoTime();
            run(command.toArray(String[]::new));
            usual.put(command.get(0), System.nanoTime() - start);
        }
    }

    /** The four commands under test; each round brings new versions, so that each has work to do. */
    private List<List<String>> round() throws IOException {
        List<String> add = new ArrayList<>(List.of("package", "add"));
        add.addAll(trees.next());
        return List.of(
                add,
                List.of("profile", "resolve", "dev", "--upgrade"),
                List.of("env", "realize", "work", "dev"),
                List.of("gc", "--grace", "0", "--keep-generations", "2", "--lock-file", lockFile()));
    }

    private String lockFile() {
        return folder.resolve("gc.lock").toString();
    }

    /** Returns whether the command was still running when it was killed. */
    private boolean killOne() throws Exception {
        List<List<String>> round = round();
        List<String> command = round.get(random.nextInt(round.size()));
        Process process = start(command);
        long latest = usual.getOrDefault(command.get(0), 1_000_000_000L);
        long delay = latest / 4 + (long) (random.nextDouble() * latest);
        if (process.waitFor(delay, TimeUnit.NANOSECONDS)) {
            assertThat(process.exitValue()).as(said(command, process)).isIn(0, 6);
            return false;
        }
        process.destroyForcibly().waitFor();
        assertWhole();
        return true;
    }

    /** What must hold at any moment, before anybody has cleaned up. */
    private void assertWhole() throws IOException {
        try (DirectoryPool opened = DirectoryPool.open(pool)) {
            Wholeness.check(opened, "dev", "work");
        }
    }

    /** After one more command that writes: nothing is left over, and every package has the content it was sealed with. */
    private void audit() throws Exception {
        run(round().get(0).toArray(String[]::new));
        run(round().get(3).toArray(String[]::new));
        for (String parent : List.of("staging", "trash", "state/leases")) {
            try (Stream<Path> left = Files.list(pool.resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
        try (Stream<Path> files = Files.walk(pool.resolve("state"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name ->
                            name.startsWith(".draft-") || name.contains(".preparing.") || name.contains(".removing."));
        }
        assertWhole();
        run("package", "verify", "--all");
    }

    private void run(String... arguments) throws Exception {
        Process process = start(List.of(arguments));
        String said = said(List.of(arguments), process);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String said(List<String> command, Process process) throws IOException {
        return String.join(" ", command) + ": "
                + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "--pool", "dir:" + pool));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }
}
