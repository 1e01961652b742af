package dev.axiom.core.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** A tar archive, compressed or not. Read once, from front to end. */
record TarSource(Path path, ArchiveFormat format) implements TreeSource {

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        return StreamedArchive.unpack(path, target, options, (packed, writer) -> {
            try (TarReader tar = new TarReader(format, packed, options)) {
                TarArchiveEntry entry;
                while ((entry = tar.next()) != null) {
                    write(entry, tar, writer, Names.AS_WRITTEN);
                }
                return writer.finish(packed.sha256());
            }
        });
    }

    /** What absolute names mean. */
    enum Names {
        /** Nothing good: they are refused. */
        AS_WRITTEN,
        /** Places in a machine's file system, whose root is the tree's top: how distributions pack. */
        FROM_THE_TOP;

        private String of(String name) {
            return this == FROM_THE_TOP && name.startsWith("/") ? "." + name : name;
        }

        /** A link to an absolute name, made relative to the link's own place. */
        private String target(String name, String target) {
            if (this == AS_WRITTEN || !target.startsWith("/")) {
                return target;
            }
            long folders = Arrays.stream(name.split("/", -1))
                            .filter(part -> !part.isEmpty() && !part.equals("."))
                            .count()
                    - 1;
            String top = folders <= 0 ? "." : String.join("/", Collections.nCopies((int) folders, ".."));
            return top + (target.equals("/") ? "" : target);
        }
    }

    /** Writes one entry as it stands in the archive. */
    static void write(TarArchiveEntry entry, TarReader tar, TreeWriter writer, Names names) throws IOException {
        String name = names.of(tar.name());
        writer.at(name);
        Instant modified = entry.getLastModifiedTime().toInstant();
        char type = (char) (entry.getLinkFlag() & 0xff);
        if (entry.isSparse()) {
            throw writer.refuse(name, "is a sparse file, which Axiom does not read");
        }
        switch ((type == 0 || type == '0') && entry.isDirectory() ? '5' : type) {
            case 0, '0', '7' ->
                writer.file(name, entry.getMode(), modified, entry.getSize(), workspace -> workspace.fill(tar));
            case '1' -> writer.hardLink(empty(name, entry, writer), names.of(tar.target()));
            case '2' -> writer.link(empty(name, entry, writer), names.target(name, tar.target()), modified);
            case '5' -> writer.folder(empty(name, entry, writer), entry.getMode(), modified);
            case '3' -> throw writer.refuse(name, "is a character device");
            case '4' -> throw writer.refuse(name, "is a block device");
            case '6' -> throw writer.refuse(name, "is a fifo");
            default -> throw writer.refuse(name, "has the unknown type '" + type + "'");
        }
    }

    /** Some readers pass over the content of a folder or link, some take it for the next entries. */
    private static String empty(String name, TarArchiveEntry entry, TreeWriter writer) {
        if (entry.getSize() != 0) {
            throw writer.refuse(name, "is no file, but has " + entry.getSize() + " bytes of content");
        }
        return name;
    }
}
