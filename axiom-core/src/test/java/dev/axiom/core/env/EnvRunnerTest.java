package dev.axiom.core.env;

import static dev.axiom.core.env.Workbench.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvRunnerTest {
    private Path folder;
    private Workbench bench;

    /** A process that becomes a command in generation 1, which is not the current one. */
    static final class Runner {
        private Runner() {}

        /** Arguments: pool, then the command. */
        public static void main(String[] args) {
            Workbench pool = new Workbench(Path.of(args[0]));
            Lease lease = pool.pool.lease("axiom env run dev");
            OpenEnv env = pool.environments.open(lease, DEV, Optional.of(1));
            List<String> command = Arrays.asList(args).subList(1, args.length);
            EnvRunner.passOn(lease);
            throw EnvRunner.exec(EnvCommand.of(env, command, System.getenv()));
        }
    }

    @BeforeEach
    void environment(@TempDir Path temporary) {
        folder = temporary.resolve("pool");
        bench = new Workbench(folder);
        for (String version : List.of("1", "2")) {
            Tree tree = new Tree()
                    .program("bin/tool", "#!/bin/sh\necho tool " + version + " \"$@\"\n")
                    .program("bin/bare", "echo bare $1\n")
                    .program("bin/fails", "#!/bin/sh\nexit 7\n");
            bench.realize(EnvStrategy.LINK, Integer.parseInt(version), bench.add("tool@" + version, tree));
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ChildJvm run(String... command) {
        Object[] arguments =
                Stream.concat(Stream.of(folder), Arrays.stream(command)).toArray();
        return ChildJvm.start(Runner.class, arguments);
    }

    private OpenEnv opened() {
        return bench.environments.open(bench.lease, DEV, Optional.of(1));
    }

    @Test
    void becomesTheCommand() {
        try (ChildJvm child = run("tool", "a b", "'c'", "")) {
            assertThat(child.rest()).isEqualTo("tool 1 a b 'c' ");
            assertThat(child.exitCode()).isZero();
        }
        try (ChildJvm child = run("fails")) {
            assertThat(child.exitCode()).isEqualTo(7);
        }
        try (ChildJvm child = run("bare", "x")) {
            assertThat(child.rest()).isEqualTo("bare x");
        }
        try (ChildJvm child = run("sh", "-c", "echo $AXIOM_ENV; command -v tool")) {
            assertThat(child.rest()).isEqualTo("dev\n" + opened().path().resolve("bin/tool"));
        }
    }

    /** What the command inherits besides what this test's own process hands on: the lease, and nothing of Java's. */
    @Test
    void handsOnSignalsAndDescriptorsAsItGotThem() {
        String ask = "grep -E 'Sig(Blk|Ign)' /proc/self/status; for f in /proc/$$/fd/*; do readlink $f; done";
        String plain;
        try {
            Process shell = new ProcessBuilder("sh", "-c", ask)
                    .redirectErrorStream(true)
                    .start();
            plain = String.join("\n", shell.inputReader().lines().toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (ChildJvm child = run("sh", "-c", ask)) {
            List<String> lines = child.rest().lines().toList();
            assertThat(signals(lines)).isEqualTo(signals(plain.lines().toList()));
            assertThat(lines.stream().filter(line -> line.startsWith("/")).toList())
                    .singleElement()
                    .asString()
                    .startsWith(folder.resolve("state/leases").toString());
        }
    }

    /** Signals 1 to 31; the C library keeps the next two to itself. */
    private static List<Long> signals(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("Sig"))
                .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16) & 0x7fffffff)
                .toList();
    }

    @Test
    void protectsTheGenerationUntilTheCommandIsKilled() {
        try (ChildJvm child = run("sh", "-c", "echo running; read line")) {
            assertThat(child.line()).isEqualTo("running");
            assertBusy();
            child.kill();
        }
        bench.environments.remove(bench.lease, DEV, Optional.of(1));
        assertThat(bench.generations()).containsExactly(2);
    }

    @Test
    void protectsTheGenerationAsLongAsAChildOfTheCommandLives() {
        try (ChildJvm child = run("sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!")) {
            long sleeper = Long.parseLong(child.line());
            ProcessHandle handle = ProcessHandle.of(sleeper).orElseThrow();
            assertThat(child.exitCode()).isZero();
            assertBusy();
            handle.destroyForcibly();
            handle.onExit().join();
        }
        bench.environments.remove(bench.lease, DEV, Optional.of(1));
    }

    private void assertBusy() {
        AxiomException e = catchThrowableOfType(
                AxiomException.class, () -> bench.environments.remove(bench.lease, DEV, Optional.of(1)));
        assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
        assertThat(e).hasMessageContaining("axiom env run dev");
        bench.recover();
        assertThat(bench.generations()).containsExactly(1, 2);
    }

    @Test
    void runsAChildAndWaits() {
        assertThat(EnvRunner.await(EnvCommand.of(opened(), List.of("fails"), Map.of("PATH", "/bin"))))
                .isEqualTo(7);
        assertThat(EnvRunner.await(EnvCommand.of(
                        opened(), List.of("sh", "-c", "test \"$(tool)\" = 'tool 1'"), Map.of("PATH", "/bin"))))
                .isZero();
    }

    @Test
    void saysWhichCommandIsMissing() {
        for (String missing : List.of("no-such-tool", "/no/such/tool")) {
            assertRefused(missing, ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void saysWhichCommandCannotBeExecuted() {
        assertRefused(folder.toString(), ErrorCode.UNAVAILABLE);
    }

    private void assertRefused(String program, ErrorCode code) {
        AxiomException e = catchThrowableOfType(
                AxiomException.class, () -> EnvCommand.of(opened(), List.of(program), Map.of("PATH", "/bin")));
        assertThat(e.code()).isEqualTo(code);
        assertThat(e).hasMessageContaining(program);
    }
}
