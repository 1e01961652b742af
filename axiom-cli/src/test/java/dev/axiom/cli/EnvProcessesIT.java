package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments and profiles as shells and several processes at once use them. */
class EnvProcessesIT {
    private static final int EDITORS = 8;
    private static final int EDITS = 2;

    private final Path folder;
    private final String program = System.getProperty("axiom.distribution") + "/bin/axiom";

    EnvProcessesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    /** An environment {@code desk} with a program {@code hello}. */
    @BeforeEach
    void makeEnvironment() throws Exception {
        Path hello = folder.resolve("tree/bin/hello");
        Files.createDirectories(folder.resolve("tree/bin"));
        Files.writeString(hello, "#!/bin/sh\necho hello from $AXIOM_ENV\n");
        Files.setPosixFilePermissions(hello, PosixFilePermissions.fromString("rwxr-xr-x"));
        out("package", "add", folder.resolve("tree").toString(), "--name", "hello", "--version", "1.0");
        out("profile", "create", "dev");
        out("profile", "add", "dev", "hello");
        out("profile", "resolve", "dev");
        out("env", "realize", "desk", "dev");
    }

    @Test
    void theCommandTakesTheProcessOver() throws Exception {
        Process process = start(List.of("env", "run", "desk", "--", "sh", "-c", "echo $$; hello; exit 3"));
        assertThat(said(process)).isEqualTo(process.pid() + "\nhello from desk\n");
        assertThat(process.waitFor()).isEqualTo(3);
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String[] odd = {
            "env",
            "run",
            "desk",
            "--",
            "sh",
            "-c",
            "for a; do echo \"[$a]\"; done",
            "sh",
            "@pom.xml",
            "--json",
            "",
            "a  b",
            "--",
            "--help",
            "é"
        };
        assertThat(out(odd)).isEqualTo("[@pom.xml]\n[--json]\n[]\n[a  b]\n[--]\n[--help]\n[é]\n");
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129", "QUIT,131"})
    void aSignalReachesTheCommand(String signal, int code) throws Exception {
        List<String> sleeper = List.of("env", "run", "desk", "--", "sh", "-c", "echo ready; exec sleep 1000");
        // Who was started in the background, or by nohup, ignores some signals, and would pass that on to us.
        Process process = start(List.of("env", "--default-signal=" + signal), sleeper);
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("ready");
            assertThat(sh("kill -" + signal + " " + process.pid()).code()).isZero();
            assertThat(process.waitFor()).isEqualTo(code);
        }
    }

    @Test
    void theCommandSeesTheCallersVariables() throws Exception {
        String env = "'" + program + "' --pool 'dir:" + pool() + "' env run desk -- env";
        List<String> unset = sh("unset LC_ALL; FOO='a b' " + env).out().lines().toList();
        assertThat(unset).contains("FOO=a b", "AXIOM_ENV=desk").noneMatch(line -> line.contains("LC_ALL"));
        List<String> set = sh("LC_ALL=POSIX " + env).out().lines().toList();
        assertThat(set).contains("LC_ALL=POSIX").noneMatch(line -> line.contains("CALLER"));
        assertThat(set).anyMatch(line -> line.startsWith("PATH=" + pool() + "/env/desk/1/root/bin:"));
    }

    @Test
    void theCommandIsLeftNoneOfOurFilesButTheLease() throws Exception {
        String listed = out("env", "run", "desk", "--", "sh", "-c", "ls -l /proc/$$/fd");
        assertThat(listed).doesNotContain(".jar").doesNotContain(".jsa").doesNotContain("lib/modules");
        assertThat(listed.lines()
                        .filter(line -> line.contains(" -> "))
                        .filter(line -> line.contains(pool().toString())))
                .singleElement()
                .asString()
                .contains("/state/leases/");
    }

    @Test
    void noDescriptorStaysButThoseThatCameFromOutsideAndTheLease() throws Exception {
        String listed = out("env", "run", "desk", "--", "sh", "-c", "ls -l /proc/$$/fd; exit 0");
        assertThat(listed.lines().filter(line -> line.matches(".* ([3-9]|[0-9]{2,}) -> .*")))
                .singleElement()
                .asString()
                .contains("/state/leases/");
    }

    @Test
    void aSocketAndAFileFromOutsideStay() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/python3")))
                .as("python3, which makes the socket here, is installed")
                .isTrue();
        Path note = Files.writeString(folder.resolve("note"), "a note");
        String outside =
                """
                import os, socket, sys
                ours, theirs = socket.socketpair()
                os.dup2(theirs.fileno(), 7)
                os.dup2(os.open(sys.argv[1], os.O_RDONLY), 8)
                os.execv(sys.argv[2], sys.argv[2:])
                """;
        Process process = process(
                        "python3",
                        "-c",
                        outside,
                        note.toString(),
                        program,
                        "--pool",
                        "dir:" + pool(),
                        "env",
                        "run",
                        "desk",
                        "--",
                        "sh",
                        "-c",
                        "readlink /proc/$$/fd/7; cat <&8")
                .start();
        assertThat(said(process)).matches("socket:\\[[0-9]+]\na note");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aGenerationStaysAsLongAsACommandRunsInIt() throws Exception {
        Process process = start(List.of("env", "run", "desk", "--", "sh", "-c", "echo ready; exec sleep 1000"));
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("ready");
            CliRun refused = run("env", "remove", "desk");
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.err()).contains("axiom env run desk").contains("pid " + process.pid());
            assertThat(out("status", "--json")).contains("axiom env run desk -- sh (pid " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        out("env", "remove", "desk");
        out("profile", "delete", "dev");
        assertThat(out(
                        "gc",
                        "--grace",
                        "0",
                        "--lock-file",
                        folder.resolve("gc.lock").toString(),
                        "--json"))
                .contains("\"collected\":[\"hello@1.0_1+");
        for (String parent : List.of("staging", "trash", "state/leases", "store")) {
            try (Stream<Path> left = Files.list(pool().resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
    }

    @Test
    void aShellIsActivatedAndBroughtBack() throws Exception {
        String axiom = "'" + program + "' --pool 'dir:" + pool() + "'";
        CliRun run = sh("before=$PATH; eval \"$(" + axiom + " env activate desk)\"; hello; command -v hello; eval \"$("
                + axiom + " env deactivate)\"; command -v hello || echo gone; [ \"$PATH\" = \"$before\" ] && echo same;"
                + " echo \"${AXIOM_ENV-unset}\"");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("hello from desk\n" + pool() + "/state/envs/desk/current/bin/hello\ngone\nsame\nunset\n");
    }

    @Test
    void eightEditorsOfOneProfileLoseNothing() throws Exception {
        out("profile", "create", "shared");
        List<Process> editors = new ArrayList<>();
        TreeSet<String> expected = new TreeSet<>();
        for (int editor = 0; editor < EDITORS; editor++) {
            StringBuilder script = new StringBuilder("set -e;");
            for (int edit = 0; edit < EDITS; edit++) {
                String name = "p" + editor + "x" + edit;
                script.append("'" + program + "' --pool 'dir:" + pool() + "' --lock-timeout 2m profile add shared ")
                        .append(name + ";");
                expected.add(name);
            }
            editors.add(process("sh", "-c", script.toString()).start());
        }
        for (Process editor : editors) {
            String said = said(editor);
            assertThat(editor.waitFor()).as(said).isZero();
        }
        TreeSet<String> wanted = new TreeSet<>();
        out("profile", "show", "shared")
                .lines()
                .dropWhile(line -> !line.startsWith("PACKAGE "))
                .skip(1)
                .forEach(line -> wanted.add(line.substring(0, line.indexOf(' '))));
        assertThat(wanted).isEqualTo(expected);
    }

    @Test
    void whoHoldsALockInAnotherProcessIsNamed() throws Exception {
        try (DirectoryPool opened = DirectoryPool.open(pool());
                FileLock held = new StoreLocks(
                                new StoreLayout(opened.state()), Duration.ZERO, "axiom profile resolve dev")
                        .exclusive(RecordKind.PROFILE, "dev")) {
            CliRun refused = run("profile", "add", "dev", "x", "--lock-timeout", "100ms");
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.err())
                    .contains("profile 'dev' is locked by axiom profile resolve dev (pid "
                            + ProcessHandle.current().pid());
        }
        out("profile", "add", "dev", "x", "--lock-timeout", "100ms");
    }

    private Path pool() {
        return folder.resolve("pool");
    }

    private Process start(List<String> arguments) throws IOException {
        return start(List.of(), arguments);
    }

    private Process start(List<String> wrapper, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(program, "--pool", "dir:" + pool()));
        command.addAll(arguments);
        return process(command.toArray(String[]::new)).start();
    }

    private ProcessBuilder process(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(Files.createTempFile(folder, "err", "").toFile());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().remove("AXIOM_POOL");
        return builder;
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private CliRun run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, "--pool", "dir:" + pool()));
        command.addAll(List.of(arguments));
        return finish(process(command.toArray(String[]::new)));
    }

    private CliRun sh(String script) throws Exception {
        return finish(process("sh", "-c", script));
    }

    private static CliRun finish(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        String out = said(process);
        int code = process.waitFor();
        return new CliRun(
                code, out, Files.readString(builder.redirectError().file().toPath()));
    }

    /** Runs a command line that must succeed, and gives what it printed. */
    private String out(String... arguments) throws Exception {
        CliRun run = run(arguments);
        assertThat(run.code()).as("%s", run).isZero();
        return run.out();
    }
}
