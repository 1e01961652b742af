package dev.axiom.core.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The packages that apt on this machine knows: real names, versions and dependencies by the ten thousand. */
public final class DebianLists {
    private static final Path HELPER = Path.of("/usr/lib/apt/apt-helper");

    private DebianLists() {}

    /** Whether there is a Debian with lists; if not, {@code apt-get update} may fetch them. */
    public static boolean exist() {
        return Files.isExecutable(HELPER) && !files().isEmpty();
    }

    /** The names of the lists, as apt has them on disk, compressed or not. */
    public static List<String> files() {
        return lines(List.of("apt-get", "indextargets", "--format", "$(FILENAME)", "Created-By: Packages"));
    }

    /** Gives each package of all lists to {@code take}: its fields by name; fields of several lines are cut. */
    public static void read(Consumer<Map<String, String>> take) {
        for (String file : files()) {
            Map<String, String> fields = new HashMap<>();
            for (String line : lines(List.of(HELPER.toString(), "cat-file", file))) {
                int colon = line.indexOf(": ");
                if (line.isEmpty() && !fields.isEmpty()) {
                    take.accept(Map.copyOf(fields));
                    fields.clear();
                } else if (colon > 0 && line.charAt(0) != ' ') {
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }
    }

    private static List<String> lines(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                return reader.lines().toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
