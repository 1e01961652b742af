package dev.axiom.core.pool;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted inside a pool, as this mount namespace sees it (proc(5), /proc/self/mountinfo): its content would not
 * be ours to remove. Paths are compared without symbolic links and byte by byte, as the kernel lists them.
 */
final class Mounts {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    /** Mount points below the pool, relative to it, one character for each byte. */
    private final List<String> points;

    private Mounts(List<String> points) {
        this.points = points;
    }

    /**
     * Reads the table; without /proc (FreeBSD) it is empty, and the rename itself reports what is busy.
     *
     * @throws IOException if the table cannot be read, or the pool's folder not be resolved
     */
    static Mounts below(Path pool) throws IOException {
        if (!Files.exists(MOUNTINFO)) {
            return new Mounts(List.of());
        }
        String self = bytes(pool.toRealPath()) + "/";
        List<String> points = new ArrayList<>();
        for (String line :
                Files.readString(MOUNTINFO, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String[] fields = line.split(" ", 6);
            if (fields.length > 5 && unescape(fields[4]).startsWith(self)) {
                points.add(unescape(fields[4]).substring(self.length()));
            }
        }
        return new Mounts(points);
    }

    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    /** A mount point that is this dataset's folder or lies below it. */
    Optional<String> in(DatasetName dataset) {
        return points.stream()
                .filter(point -> point.equals(dataset.value()) || point.startsWith(dataset.value() + "/"))
                .findFirst()
                .map(point -> new String(point.getBytes(StandardCharsets.ISO_8859_1), fileNames()));
    }

    private static String bytes(Path path) {
        return new String(path.toString().getBytes(fileNames()), StandardCharsets.ISO_8859_1);
    }

    /** How this JVM turns names into bytes. */
    private static Charset fileNames() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
