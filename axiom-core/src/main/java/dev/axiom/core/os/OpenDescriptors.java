package dev.axiom.core.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this process has open, as {@code /proc/self/fd} tells it: a number, and a path or a word such as
 * {@code socket:[4711]}, which is the same socket whatever its number.
 */
public final class OpenDescriptors {
    private static final Path FOLDER = Path.of("/proc/self/fd");

    private static volatile @Nullable Set<Path> inherited;

    private OpenDescriptors() {}

    /**
     * Remembers what is open as what this process was started with. To be called first of all: the JVM opens a socket of
     * its own, of which nothing else tells that it is the JVM's, as soon as a first channel is used.
     *
     * @throws IOException if the folder cannot be read
     */
    public static void noteInherited() throws IOException {
        inherited = now().values().stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this was open when {@link #noteInherited} was called; true of everything if it was not called. */
    public static boolean isInherited(Path target) {
        Set<Path> noted = inherited;
        return noted == null || noted.contains(target);
    }

    /** What is open now, by number. Without channels, so that this opens nothing that stays. */
    public static Map<Integer, Path> now() throws IOException {
        String[] numbers = FOLDER.toFile().list();
        if (numbers == null) {
            throw new IOException("cannot list " + FOLDER);
        }
        Map<Integer, Path> open = new TreeMap<>();
        for (String number : numbers) {
            try {
                open.put(Integer.valueOf(number), Files.readSymbolicLink(FOLDER.resolve(number)));
            } catch (IOException closedMeanwhile) {
                // as the one that listed the folder is
            }
        }
        return open;
    }
}
