package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.os.FileFaults;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.OwnProcess;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Faults;
import dev.axiom.core.pool.FaultyPool;
import dev.axiom.core.pool.ImpatientPool;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import dev.axiom.core.testing.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command, with its n-th call of the pool or step on a state file failing, for n = 1, 2, 3 … until nothing is left
 * to fail: it has its full effect or none, says what failed with the right exit code, and the next start leaves nothing
 * over.
 */
@ExtendWith(Seeds.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one pool, brought back to what it was after each command
class NthFailureTest {
    /** In turns, because what is done about a failure does not depend on which it is. */
    private static final List<Errno> ERRORS =
            List.of(Errno.EIO, Errno.ENOSPC, Errno.EBUSY, Errno.EINTR, Errno.ETIMEDOUT);

    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final int CANNOT_EXECUTE = 126;

    /** Each n where {@code CI} is set, as {@code .ci/run} does; else every fifth, from one chosen by chance. */
    private static final int STEP = Integer.getInteger("axiom.failures.step", System.getenv("CI") == null ? 5 : 1);

    /** What is there before each command; {@code $} stands for the folder of the sources. */
    private static final List<String> SETUP = List.of(
            "package add $/lib $/old $/app1",
            "profile create dev",
            "profile add dev app",
            "profile resolve dev",
            "env realize work dev",
            "package add $/app2",
            "profile resolve dev --upgrade",
            "env realize work dev",
            "profile create plain",
            "profile create wish",
            "profile add wish lib",
            "root add old --name base",
            "root remove base",
            "root add lib --name keep",
            "package add $/dead");

    private final Random random = Seeds.random();
    private final Path folder;
    private final PoolRun run;
    private Map<String, String> before = Map.of();
    private Map<String, String> after = Map.of();
    private final Snapshot whole;

    NthFailureTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = folder;
        this.run = new PoolRun(folder);
        for (String name : List.of("lib-1.0", "old-1.0", "app-1.0", "app-2.0", "dead-1.0", "new-1.0")) {
            Path tree = folder.resolve("trees").resolve(name);
            Files.createDirectories(tree.resolve("bin"));
            Files.writeString(tree.resolve("bin").resolve(name.replaceAll("-.*", "")), name);
        }
        SETUP.forEach(command -> run.out(words(command)));
        this.whole = Snapshot.of(run.pool());
    }

    @AfterAll
    void close() {
        run.close();
    }

    private String[] words(String command) {
        String trees = folder.resolve("trees").toString();
        return Stream.of(command.split(" "))
                .map(word -> word.replaceAll("^\\$/(lib|old|dead|new)$", trees + "/$1-1.0")
                        .replaceAll("^\\$/app(.)$", trees + "/app-$1.0")
                        .replace("$", folder.toString()))
                .toArray(String[]::new);
    }

    private interface Attempt {
        /** Runs the command with its n-th call or step broken; returns what broke, or nothing. */
        String run(int n, String command, CliRun[] result) throws IOException;
    }

    /** These change one thing, in one step. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup",
                "package add $/new",
                "package remove dead",
                "profile create other",
                "profile add plain lib",
                "profile remove dev app",
                "profile delete dev",
                "profile delete plain",
                "profile rollback dev",
                "env rollback work",
                "env remove work --generation 1",
                "root add old --name again",
                "root remove keep"
            })
    void fullEffectOrNone(String command) throws IOException {
        breakEverywhere(command, true);
    }

    /** These change several things, one after another; each is done or not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "package add $/new $/old",
                "package remove dead old",
                "profile resolve wish",
                "env realize work dev --force",
                "env realize other dev",
                "env remove work",
                "gc --grace 0 --lock-file $/gc.lock",
                "gc --lock-file $/gc.lock",
                "gc --grace 0 --keep-generations 1 --lock-file $/gc.lock"
            })
    void eachEffectOrNone(String command) throws IOException {
        breakEverywhere(command, false);
    }

    /** These change nothing, whatever happens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "package list",
                "package show app@2.0",
                "package files lib",
                "package verify lib",
                "profile list",
                "profile show dev",
                "profile history dev",
                "profile diff dev",
                "env list",
                "env show work",
                "env generations work",
                "env diff work",
                "env activate work",
                "root list",
                "status",
                "why lib",
                "mount",
                "gc --dry-run --grace 0"
            })
    void noEffect(String command) throws IOException {
        breakEverywhere(command, true);
        assertThat(after).isEqualTo(before);
    }

    /**
     * It becomes its command only if nothing failed. The command's interpreter is not there, so that the last step,
     * execve(2), is refused, and the test goes on; EnvProcessesIT has commands that run.
     */
    @Test
    void nothingIsRunAfterAFailure() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try {
            breakEverywhere("env run work --lock-timeout 50ms -- $/program", CANNOT_EXECUTE, true);
        } finally {
            restoreVariables();
        }
        assertThat(after).isEqualTo(before);
    }

    /** Those of the C library, which were made ready for the command: other tests in this process start programs. */
    private static void restoreVariables() throws IOException {
        for (String name : List.of("AXIOM_ENV", "MANPATH", "XDG_DATA_DIRS", "PKG_CONFIG_PATH", "ACLOCAL_PATH")) {
            OwnProcess.unsetVariable(name);
        }
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            OwnProcess.setVariable(variable.getKey(), variable.getValue());
        }
    }

    private void breakEverywhere(String command, boolean atOnce) throws IOException {
        breakEverywhere(command + " --lock-timeout 50ms", 0, atOnce);
    }

    /** @param usually how it ends when nothing is broken */
    private void breakEverywhere(String command, int usually, boolean atOnce) throws IOException {
        before = seen();
        CliRun usual = run.axiom(words(command));
        assertThat(usual.code()).as("%s: %s", command, usual).isEqualTo(usually);
        run.out("setup");
        after = seen();
        whole.restore();
        for (Attempt attempt : List.<Attempt>of(this::file, this::poolBefore, this::poolAfter, this::lock)) {
            boolean injected = true;
            for (int n = 1 + random.nextInt(STEP); injected; n += STEP) {
                CliRun[] result = new CliRun[1];
                String broken = attempt.run(n, command, result);
                injected = !broken.isEmpty();
                if (injected) {
                    check(command + ", broken at " + n + ": " + broken, result[0], usually, atOnce);
                }
                whole.restore();
            }
        }
    }

    private String file(int n, String command, CliRun[] result) {
        FileFaults.Fault error = FileFaults.error(ERRORS.get(n % ERRORS.size()));
        try (FileFaults faults = FileFaults.at(n, error)) {
            result[0] = run.axiom(words(command));
            return faults.injected();
        }
    }

    private String poolBefore(int n, String command, CliRun[] result) {
        return pool(n, Faults.Mode.FAIL_BEFORE, command, result);
    }

    private String poolAfter(int n, String command, CliRun[] result) {
        return pool(n, Faults.Mode.FAIL_AFTER, command, result);
    }

    private String pool(int n, Faults.Mode mode, String command, CliRun[] result) {
        List<FaultyPool> opened = new ArrayList<>();
        OpenStore.wrapPools(pool -> {
            opened.add(FaultyPool.over(pool, n, mode));
            return opened.get(0);
        });
        try {
            result[0] = run.axiom(words(command));
        } finally {
            OpenStore.wrapPools(pool -> pool);
        }
        Faults faults = opened.get(0).faults();
        return faults.injected() ? mode + " " + faults.calls().get(n - 1) : "";
    }

    /** Somebody hangs who has the lock, one of the store's or the pool's own, and never gives it back. */
    private String lock(int n, String command, CliRun[] result) throws IOException {
        Hanging hanging = new Hanging(run.pool());
        OpenStore.wrapPools(pool -> {
            pool.close();
            return ImpatientPool.open(run.pool(), PATIENCE);
        });
        try (FileFaults faults = FileFaults.at(n, hanging)) {
            result[0] = run.axiom(words(command));
            return faults.injected();
        } finally {
            hanging.fds.forEach(Posix::close);
            OpenStore.wrapPools(pool -> pool);
        }
    }

    private record Hanging(Path pool, List<Integer> fds) implements FileFaults.Fault {
        Hanging(Path pool) {
            this(pool, new ArrayList<>());
        }

        @Override
        public boolean concerns(FileSteps.Step step, Path path) {
            return (step == FileSteps.Step.LOCK || step == FileSteps.Step.TRY_LOCK)
                    && (path.startsWith(pool.resolve("state/locks")) || path.equals(ImpatientPool.lockFile(pool)));
        }

        @Override
        public void strike(FileSteps.Step step, Path path) throws IOException {
            int fd = Posix.openOrCreate(path);
            fds.add(fd);
            Posix.tryLock(fd, true);
        }
    }

    private void check(String what, CliRun result, int usually, boolean atOnce) throws IOException {
        boolean asUsual = result.code() == usually;
        if (asUsual) {
            assertThat(result.err()).as(what).doesNotContain("internal");
        } else {
            assertThat(result.code()).as("%s: %s", what, result).isIn(7, 8, 9);
            assertThat(result.err()).as(what).containsPattern("injected|is locked by|is running already");
        }
        run.out("setup");
        Map<String, String> now = seen();
        boolean mayPassOver = what.contains("LOCK") && !atOnce; // a collection leaves what somebody works on
        if (asUsual && !mayPassOver) {
            assertThat(now).as("%s: %s", what, result).isEqualTo(after);
        } else if (atOnce) {
            assertThat(now).as("%s: %s", what, result).isIn(before, after);
        } else {
            assertEach(what + ": " + result, now);
        }
        assertNothingIsLeftOver(what);
    }

    private void assertEach(String what, Map<String, String> now) {
        for (Map<String, String> map : List.of(before, after, now)) {
            for (String thing : map.keySet()) {
                assertThat(now.get(thing)).as("%s: %s", what, thing).isIn(before.get(thing), after.get(thing));
            }
        }
    }

    private void assertNothingIsLeftOver(String what) throws IOException {
        for (String parent : List.of("staging", "trash", "state/leases")) {
            try (Stream<Path> left = Files.list(run.pool().resolve(parent))) {
                assertThat(left).as("%s: %s", what, parent).isEmpty();
            }
        }
        try (Stream<Path> files = Files.walk(run.pool().resolve("state"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as(what)
                    .noneMatch(name -> name.startsWith(".draft-") || name.matches(".*\\.(preparing|removing)\\..*"));
        }
    }

    /** All that users can see of the pool: packages, who holds them, roots, profiles, pointers, environments. */
    private Map<String, String> seen() throws IOException {
        Map<String, String> seen = new TreeMap<>();
        for (DatasetName parent : Stream.concat(
                        Stream.of(StoreLayout.STORE), run.store.pool.parents(StoreLayout.ENV).stream())
                .toList()) {
            for (Dataset dataset : run.store.pool.list(parent)) {
                seen.put(dataset.name().value(), "there");
                run.store
                        .pool
                        .holds(List.of(dataset.name()))
                        .forEach((name, tags) -> tags.forEach(tag -> seen.put(tag + " on " + name, "held")));
            }
        }
        for (Root root : run.store.records.roots()) {
            seen.put(root.key().toString(), root.state() + " " + root.packages());
        }
        try (Stream<Path> files = Files.walk(run.pool().resolve("state"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    seen.put(file.toString(), Files.readSymbolicLink(file).toString());
                } else if (file.endsWith("profile.yaml")) {
                    seen.put(file.toString(), Files.readString(file));
                }
            }
        }
        return seen;
    }
}
