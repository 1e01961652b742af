package dev.axiom.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Puts a {@code @TempDir} into memory where there is room, for tests that would do little but wait for a disk. Not for those
 * that are about a disk.
 */
public final class InMemory implements TempDirFactory {
    private static final long ROOM = 2L << 30;

    /** The folder in which such folders are made. */
    public static final Path PLACE = place();

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.createTempDirectory(PLACE, "axiom-test-");
    }

    private static Path place() {
        Path shared = Path.of("/dev/shm");
        try {
            boolean fits = Files.isWritable(shared)
                    && Files.getFileStore(shared).getUsableSpace() >= ROOM
                    && Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                            .noneMatch(line -> line.contains(" " + shared + " ") && line.contains("noexec"));
            return fits ? shared : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
