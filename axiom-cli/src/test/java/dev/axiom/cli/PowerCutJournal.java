package dev.axiom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What a test was doing, and what it was told was done, line by line; on the host's disk, so that no power cut of the guest
 * takes any of it away.
 */
final class PowerCutJournal {
    private final Path file;

    PowerCutJournal(Path file) {
        this.file = file;
    }

    /**
     * One line.
     *
     * @param detail what the command gave back; may be empty
     */
    record Entry(boolean done, String command, String detail) {}

    void begin(String command, Object detail) throws IOException {
        write("begin " + command + " " + detail);
    }

    void done(String command, Object detail) throws IOException {
        write("done " + command + " " + detail);
    }

    private void write(String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    List<Entry> entries() throws IOException {
        return Files.readAllLines(file).stream().map(PowerCutJournal::parse).toList();
    }

    private static Entry parse(String line) {
        String[] words = line.split(" ", 3);
        return new Entry(words[0].equals("done"), words[1], words[2]);
    }

    /** The newest line of this kind. */
    Optional<Entry> last(boolean done, String command) throws IOException {
        return entries().stream()
                .filter(entry -> entry.done() == done && entry.command().equals(command))
                .reduce((before, after) -> after);
    }
}
