package dev.axiom.core.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a lock or a lease, as it wrote itself into the file: a courtesy to people, never the truth (that is the
 * kernel's lock).
 *
 * @param pid the process
 * @param since when it took the lock
 * @param purpose what for, such as {@code "axiom profile resolve dev"}
 */
public record Owner(long pid, Instant since, String purpose) {

    private static final int LONGEST = 64 * 1024;

    /** This process, now. */
    public static Owner self(String purpose) {
        return new Owner(ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS), purpose);
    }

    /** The first three lines of a lock or lease file, or empty if they are not (yet) there. */
    static Optional<Owner> parse(List<String> lines) {
        try {
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(new Owner(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2)));
        } catch (RuntimeException garbled) {
            return Optional.empty(); // a courtesy: half-written or foreign text only costs the name
        }
    }

    /** The owner named in a file; empty if it is missing, unreadable or garbled, for it decides nothing. */
    public static Optional<Owner> readFrom(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether a file holds nothing but an owner, or what a crash left of one: it is empty, or of zeros. */
    static boolean mayBeIn(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            return false;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c == 0)
                || parse(text.lines().toList()).isPresent();
    }

    /** Three lines: pid, time, purpose. */
    public String toLines() {
        return pid + "\n" + since + "\n" + purpose.replaceAll("\\p{Cntrl}", " ") + "\n";
    }

    /** For messages: {@code axiom gc (pid 4711, since 2026-01-02T03:04:05Z)}. */
    @Override
    public String toString() {
        return purpose + " (pid " + pid + ", since " + since + ")";
    }
}
