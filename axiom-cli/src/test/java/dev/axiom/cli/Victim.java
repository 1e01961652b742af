package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.DirectoryPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A pool of its own in which one command after another is killed. */
final class Victim {
    private final Random random;
    private final Path folder;
    private final VersionedTrees trees;
    private final Path pool;
    private final String program;
    private final Map<Work, Long> usual = new EnumMap<>(Work.class);

    /** The commands under test. */
    private enum Work {
        ADD,
        RESOLVE,
        REALIZE,
        COLLECT
    }

    /** @param folder an empty one */
    Victim(Path folder, Random random) {
        this.random = random;
        this.folder = folder;
        this.trees = new VersionedTrees(folder.resolve("trees"), 0);
        this.pool = folder.resolve("pool");
        this.program = System.getProperty("axiom.distribution") + "/bin/axiom";
    }

    /** One uninterrupted round tells how long each command takes on this machine. */
    void prepare() throws Exception {
        run(List.of("setup"));
        run(List.of("profile", "create", "dev"));
        run(List.of("profile", "add", "dev", "tool0", "tool1"));
        for (Work work : Work.values()) {
            List<String> line = line(work);
            long start = System.nanoTime();
            run(line);
            usual.put(work, System.nanoTime() - start);
        }
    }

    /** The command line; each addition brings new versions, so that the others have work to do. */
    private List<String> line(Work work) throws IOException {
        return switch (work) {
            case ADD ->
                Stream.concat(Stream.of("package", "add"), trees.next().stream())
                        .toList();
            case RESOLVE -> List.of("profile", "resolve", "dev", "--upgrade");
            case REALIZE -> List.of("env", "realize", "work", "dev");
            case COLLECT ->
                List.of(
                        "gc",
                        "--grace",
                        "0",
                        "--keep-generations",
                        "2",
                        "--lock-file",
                        folder.resolve("gc.lock").toString());
        };
    }

    /** Returns whether the command was still running when it was killed. */
    boolean killOne() throws Exception {
        Work work = Work.values()[random.nextInt(Work.values().length)];
        List<String> command = line(work);
        Process process = start(command);
        long latest = usual.getOrDefault(work, 1_000_000_000L);
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
    void audit() throws Exception {
        run(line(Work.ADD));
        run(line(Work.COLLECT));
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
        run(List.of("package", "verify", "--all"));
    }

    private void run(List<String> arguments) throws Exception {
        Process process = start(arguments);
        String said = said(arguments, process);
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
