package dev.axiom.core.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code .deb} for the tests of other modules. */
public final class DebianFile {
    private DebianFile() {}

    /** Writes a package with these fields, this text as its program, and a maintainer script. */
    public static void write(Path file, String control, String content) throws IOException {
        Files.write(file, DebianBytes.of(control, content));
    }
}
