package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.axiom.core.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code package add} by real processes. */
class PackageProcessesTest {
    private static final int PROCESSES = 16;
    private static final Pattern LINE = Pattern.compile("(added|unchanged) ([^ ]+)\n");

    private final Sandbox box;

    PackageProcessesTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    /** The program as {@code bin/axiom} starts it, without the script. */
    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(ChildJvm.java(ChildJvm.classPath(), Main.class));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(box.variables());
        return builder.redirectError(err().toFile()).start();
    }

    /** What the last one that was started said. */
    private Path err() {
        return box.folder().resolve("err");
    }

    @Test
    void sixteenAddTheSameAndDifferentPackagesAtOnce() throws Exception {
        Path shared = box.tree("shared-1");
        Path archive = box.folder().resolve("archive-1.tar.gz");
        box.tree("content");
        box.sh("tar", "czf", archive.toString(), "content");
        List<Process> adders = new ArrayList<>();
        List<Path> halves = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Path own = box.tree("own" + i + "-1");
            Path half = i % 2 == 0 ? box.tree("half" + i + "-1") : halves.get(i - 1);
            halves.add(half);
            adders.add(start(Stream.of("package", "add", shared, own, archive, half)
                    .map(String::valueOf)
                    .toList()));
        }
        List<String> added = new ArrayList<>();
        TreeSet<String> known = new TreeSet<>();
        for (Process adder : adders) {
            Matcher lines = LINE.matcher(new String(adder.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(adder.waitFor()).isZero();
            for (int i = 0; i < 4; i++) {
                assertThat(lines.find()).isTrue();
                known.add(lines.group(2));
                if (lines.group(1).equals("added")) {
                    added.add(lines.group(2));
                }
            }
        }
        assertThat(known).hasSize(1 + 1 + PROCESSES + PROCESSES / 2);
        assertThat(added).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
        assertThat(box.out("package", "verify", "--all")).hasLineCount(known.size());
        box.assertNothingIsLeftBehind();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsAnAddThatThenCleansUp(String signal, int code) throws Exception {
        assumeThat(signal.equals("INT") && isInterruptIgnored())
                .as("this process ignores SIGINT, as a background job does, and so would its children")
                .isFalse();
        List<String> arguments = new ArrayList<>(List.of("package", "add", "--jobs", "2", "--json"));
        box.out("setup");
        for (int i = 0; i < 20; i++) {
            Path tree = box.tree("big" + i + "-1");
            for (int file = 0; file < 500; file++) {
                Files.write(tree.resolve("f" + file), new byte[10_000]);
            }
            arguments.add(tree.toString());
        }
        Process adder = start(arguments);
        Path staging = box.pool().resolve("staging");
        while (isEmpty(staging)) { // until it is in the middle of its work
            assertThat(adder.isAlive()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        box.sh("kill", "-" + signal, Long.toString(adder.pid()));
        assertThat(adder.waitFor()).isEqualTo(code);
        assertThat(err())
                .hasContent("{\"error\":{\"code\":\"interrupted\",\"message\":\"interrupted\",\"hint\":null}}");
        // Looked at from outside: no command runs that would clean up.
        box.assertNothingIsLeftBehind();
        String whole = box.out("package", "verify", "--all");
        assertThat(whole.lines()).hasSizeLessThan(20).allMatch(line -> line.endsWith(": whole"));
    }

    /** Children of a shell's background job ignore it, and so would those of this process. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().isEmpty();
        }
    }
}
