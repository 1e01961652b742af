package dev.axiom.core.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which permission bits this process never gives to new files. Java does not change it, so it is read once. */
final class Umask {
    private static final String FIELD = "Umask:";
    private static final int MASK = read();

    private Umask() {}

    static int ofProcess() {
        return MASK;
    }

    /** From proc(5), because umask(2) itself can only be asked by changing it. Unknown counts as everything. */
    private static int read() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .map(line -> Integer.parseInt(line.substring(FIELD.length()).trim(), 8))
                    .findFirst()
                    .orElse(0777);
        } catch (IOException | NumberFormatException e) {
            return 0777;
        }
    }
}
