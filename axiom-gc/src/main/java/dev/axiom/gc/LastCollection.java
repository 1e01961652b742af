package dev.axiom.gc;

import dev.axiom.core.os.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last collection of a pool did, as it noted itself: a courtesy to whoever asks for the status. Nothing decides
 * by it.
 *
 * @param ended when it ended
 * @param collected how many packages it destroyed
 * @param bytesFreed what it freed
 * @param interrupted whether it ended early because it was asked to
 */
public record LastCollection(Instant ended, int collected, long bytesFreed, boolean interrupted) {

    static LastCollection of(Report report, Instant ended) {
        return new LastCollection(ended, report.collected().size(), report.bytesFreed(), report.interrupted());
    }

    /** Locking: exclusive on the collection, so that the draft has one writer. */
    void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        String text = "ended: " + ended + "\ncollected: " + collected + "\nbytes-freed: " + bytesFreed
                + "\ninterrupted: " + interrupted + "\n";
        try {
            DurableFile.discard(draft);
            DurableFile.write(file, text, draft);
        } catch (IOException full) {
            // A disk that is full must not turn a collection that has just made room into a failure.
        }
    }

    /** Empty if there was none, or the note is missing or garbled. */
    static Optional<LastCollection> read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException | RuntimeException garbled) {
            return Optional.empty();
        }
    }

    private static Optional<LastCollection> parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        if (!values.keySet().containsAll(List.of("ended", "collected", "bytes-freed"))) {
            return Optional.empty();
        }
        return Optional.of(new LastCollection(
                Instant.parse(values.getOrDefault("ended", "")),
                Integer.parseInt(values.getOrDefault("collected", "")),
                Long.parseLong(values.getOrDefault("bytes-freed", "")),
                Boolean.parseBoolean(values.get("interrupted"))));
    }
}
