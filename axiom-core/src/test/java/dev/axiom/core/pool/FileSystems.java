package dev.axiom.core.pool;

import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** File systems that tests of all modules need; where one cannot be had, the test is skipped and says why. */
public final class FileSystems {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private FileSystems() {}

    /** A new folder on a tmpfs. */
    static Path inMemory(String name) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(SHARED_MEMORY)
                        && Files.isWritable(SHARED_MEMORY)
                        && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs"),
                "there is no writable tmpfs at /dev/shm");
        return Files.createTempDirectory(SHARED_MEMORY, "axiom-" + name + "-");
    }

    /** A new folder on a tmpfs that is deleted when closed, after everything in it was unmounted. */
    public static Scratch scratch(String name) throws IOException {
        return new Scratch(inMemory(name));
    }

    /** See {@link #scratch}. */
    public record Scratch(Path path) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
                String point = line.split(" ", 6)[4];
                if (point.startsWith(path + "/")) {
                    unmountIfMounted(Path.of(point));
                }
            }
            TreeRemoval.delete(path);
        }
    }

    /** Mounts something; skips the test if this system does not let us. */
    public static void mount(Path point, String... options) throws Exception {
        Files.createDirectories(point);
        Optional<String> refusal = run("mount", options, point.toString());
        Assumptions.assumeTrue(
                refusal.isEmpty(), () -> "mount " + String.join(" ", options) + " is not permitted: " + refusal.get());
    }

    /** Undoes {@link #mount}, or nothing if that was refused. */
    public static void unmountIfMounted(Path point) throws Exception {
        Optional<String> refusal = run("umount", new String[0], point.toString());
        if (refusal.isPresent() && !refusal.get().contains("not mounted")) {
            throw new IOException(refusal.get());
        }
    }

    /** Runs a program to its end; its complaint, if it did not succeed. */
    private static Optional<String> run(String program, String[] options, String last) throws Exception {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(options));
        command.add(last);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(output.strip());
        } catch (IOException missing) {
            return Optional.of(String.valueOf(missing.getMessage()));
        }
    }
}
