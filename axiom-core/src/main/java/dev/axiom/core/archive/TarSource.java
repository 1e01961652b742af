package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** A tar archive, compressed or not. Read once, from front to end. */
record TarSource(Path path, ArchiveFormat format) implements TreeSource {

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        String name = String.valueOf(path.getFileName());
        try (TreeWriter writer = new TreeWriter(name, target, options);
                MeteredStream packed = new MeteredStream(Files.newInputStream(path));
                InputStream unpacked = new RatioGuard(format.unpacked(packed), packed, options.limits())) {
            TarReader tar = new TarReader(unpacked);
            TarHeader entry;
            while ((entry = tar.next()) != null) {
                write(entry, tar, writer);
            }
            return writer.finish(HexFormat.of().formatHex(packed.digest()));
        } catch (IOException e) {
            throw Damage.of(name, e);
        } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            // Decompressors say so when their input makes no sense.
            throw new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged", null, e);
        }
    }

    private static void write(TarHeader entry, TarReader tar, TreeWriter writer) throws IOException {
        String name = entry.name();
        switch (entry.type()) {
            case 0, '0', '7' ->
                writer.file(name, entry.mode(), entry.modified(), entry.size(), workspace -> {
                    int length = tar.read(workspace.bytes);
                    workspace.memory.put(workspace.bytes, length);
                    return length;
                });
            case '1' -> writer.hardLink(name, entry.target());
            case '2' -> writer.link(name, entry.target(), entry.modified());
            case '5' -> writer.folder(name, entry.mode(), entry.modified());
            case '3' -> throw writer.refuse(name, "is a character device");
            case '4' -> throw writer.refuse(name, "is a block device");
            case '6' -> throw writer.refuse(name, "is a fifo");
            case 'S' -> throw writer.refuse(name, "is a sparse file, which Axiom does not read");
            default -> throw writer.refuse(name, "has the unknown type '" + entry.type() + "'");
        }
    }
}
