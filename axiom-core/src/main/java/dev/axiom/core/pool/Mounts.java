package dev.axiom.core.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted where in this mount namespace (proc(5), /proc/self/mountinfo). */
final class Mounts {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    private final List<String> points;

    private Mounts(List<String> points) {
        this.points = points;
    }

    /** Reads the table; without /proc (FreeBSD) it is empty, and the rename itself reports what is busy. */
    static Mounts now() throws IOException {
        if (!Files.exists(MOUNTINFO)) {
            return new Mounts(List.of());
        }
        List<String> points = new ArrayList<>();
        for (String line : Files.readAllLines(MOUNTINFO, StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(" ", 6);
            if (fields.length > 5) {
                points.add(
                        fields[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"));
            }
        }
        return new Mounts(points);
    }

    /** A mount point that is this folder or lies below it: its content would not be ours to remove. */
    Optional<String> at(Path folder) {
        String self = folder.toString();
        String below = self + "/";
        return points.stream()
                .filter(point -> point.equals(self) || point.startsWith(below))
                .findFirst();
    }
}
