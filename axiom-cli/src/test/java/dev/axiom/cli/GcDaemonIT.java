package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gc --daemon} as a supervisor runs it. */
class GcDaemonIT {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final String program = System.getProperty("axiom.distribution") + "/bin/axiom";

    GcDaemonIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private ProcessBuilder axiom(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of("env", "--default-signal", program, "--pool", "dir:" + folder.resolve("pool")),
                        Stream.of(arguments))
                .toList());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder.redirectErrorStream(true);
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129"})
    void aSignalEndsItAndLeavesNothingBehind(String signal, int code) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("file"), "content");
        assertThat(axiom("package", "add", tree.toString(), "--name", "dead", "--version", "1.0")
                        .start()
                        .waitFor())
                .isZero();
        String lock = folder.resolve("gc.lock").toString();
        Process daemon = axiom("gc", "--daemon", "--every", "1d", "--grace", "0", "--json", "--lock-file", lock)
                .start();
        try (BufferedReader said = daemon.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("\"collected\":[\"dead@1.0_1+");
            assertThat(axiom("gc", "--lock-file", lock).start().waitFor()).isZero();
            assertThat(new ProcessBuilder("kill", "-" + signal, "" + daemon.pid())
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(daemon.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).isEqualTo(code);
            assertThat(said.lines()).isEmpty();
        } finally {
            daemon.destroyForcibly();
        }
        for (String parent : List.of("staging", "trash", "state/leases", "store")) {
            try (Stream<Path> left = Files.list(folder.resolve("pool").resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
    }
}
