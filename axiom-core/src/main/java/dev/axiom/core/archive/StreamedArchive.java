package dev.axiom.core.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all archives share that are read as one stream, once, from front to end: how they are opened, and how they fail. */
final class StreamedArchive {
    private StreamedArchive() {}

    /** Reads the archive's entries and hands them to the writer. */
    interface Reading {
        Unpacked read(MeteredStream packed, TreeWriter writer) throws IOException;
    }

    /** As {@link TreeSource#unpack}. */
    static Unpacked unpack(Path archive, Path target, UnpackOptions options, Reading reading) {
        String name = String.valueOf(archive.getFileName());
        try (TreeWriter writer = new TreeWriter(name, target, options)) {
            return read(archive, name, writer, reading);
        }
    }

    private static Unpacked read(Path archive, String name, TreeWriter writer, Reading reading) {
        try (MeteredStream packed = new MeteredStream(Files.newInputStream(archive))) {
            return reading.read(packed, writer);
        } catch (IOException e) {
            throw Damage.of(name, e, writer.where());
        } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            throw Damage.ofNonsense(name, e, writer.where());
        }
    }
}
