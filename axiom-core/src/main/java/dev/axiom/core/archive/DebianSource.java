package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.io.input.CloseShieldInputStream;

/**
 * A Debian package, as deb(5) has it: an ar archive of {@code debian-binary}, {@code control.tar} and {@code data.tar},
 * in this order. The first tar says what the package is, the second is its content. Its maintainer scripts become files
 * that nobody runs; see {@link MaintainerScripts}.
 */
record DebianSource(Path path) implements TreeSource {
    private static final String VERSION = "debian-binary";
    private static final int LONGEST_VERSION = 16;
    private static final String CONTROL = "control.tar";
    private static final String DATA = "data.tar";

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        return StreamedArchive.unpack(path, target, options, (packed, writer) -> {
            try (ArArchiveInputStream archive = new ArArchiveInputStream(packed)) {
                return unpack(archive, packed, writer, options);
            }
        });
    }

    private Unpacked unpack(
            ArArchiveInputStream archive, MeteredStream packed, TreeWriter writer, UnpackOptions options)
            throws IOException {
        String name = String.valueOf(path.getFileName());
        Map<String, byte[]> files = new TreeMap<>();
        boolean whole = false;
        ArArchiveEntry member;
        while ((member = archive.getNextEntry()) != null) {
            if (member.getName().equals(VERSION)) {
                requireKnown(name, archive.readNBytes(LONGEST_VERSION));
            } else if (member.getName().startsWith(CONTROL)) {
                files.putAll(control(name, member, archive, options));
            } else if (member.getName().startsWith(DATA)) {
                data(name, member, archive, writer, options);
                whole = true;
            }
        }
        byte[] control = files.remove(MaintainerScripts.CONTROL);
        if (!whole || control == null) {
            throw new AxiomException(ErrorCode.INVALID, name + ": it is no Debian package: a part is missing");
        }
        try {
            DebianControl said = DebianControl.parse(new String(control, StandardCharsets.UTF_8));
            return DistributionPackage.finish(said.manifest(), said.dependencies(), files, packed, writer);
        } catch (AxiomException e) {
            throw new AxiomException(e.code(), name + ": " + e.getMessage(), e.hint(), e);
        }
    }

    private static void requireKnown(String name, byte[] version) {
        String text = new String(version, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith("2.")) {
            throw new AxiomException(
                    ErrorCode.INVALID, name + ": Debian's package format " + Vis.readable(text) + " is not known");
        }
    }

    private static Map<String, byte[]> control(
            String name, ArArchiveEntry member, InputStream archive, UnpackOptions options) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarReader tar = open(name, member, archive, options)) {
            TarArchiveEntry entry;
            while ((entry = tar.next()) != null) {
                String file = tar.name().replaceFirst("^\\./", "");
                if (entry.isFile() && MaintainerScripts.isWanted(file)) {
                    files.put(file, read(name, tar));
                }
            }
        }
        return files;
    }

    private static byte[] read(String name, InputStream tar) throws IOException {
        byte[] bytes = tar.readNBytes(Metadata.LIMIT + 1);
        if (bytes.length > Metadata.LIMIT) {
            throw new AxiomException(ErrorCode.INVALID, name + ": a file of its control part is too long");
        }
        return bytes;
    }

    private static void data(
            String name, ArArchiveEntry member, InputStream archive, TreeWriter writer, UnpackOptions options)
            throws IOException {
        try (TarReader tar = open(name, member, archive, options)) {
            TarArchiveEntry entry;
            while ((entry = tar.next()) != null) {
                TarSource.write(entry, tar, writer, TarSource.Names.FROM_THE_TOP);
            }
        }
    }

    /** A member's tar; what it was packed with shows in its name. */
    private static TarReader open(String name, ArArchiveEntry member, InputStream archive, UnpackOptions options)
            throws IOException {
        String ending = member.getName().substring(member.getName().lastIndexOf('.'));
        ArchiveFormat format =
                switch (ending) {
                    case ".tar" -> ArchiveFormat.TAR;
                    case ".gz" -> ArchiveFormat.GZIP;
                    case ".xz" -> ArchiveFormat.XZ;
                    case ".zst" -> ArchiveFormat.ZSTD;
                    case ".bz2" -> ArchiveFormat.BZIP2;
                    default ->
                        throw new AxiomException(
                                ErrorCode.INVALID, name + ": '" + ending + "' is no compression that Debian uses");
                };
        MeteredStream packed = new MeteredStream(CloseShieldInputStream.wrap(archive));
        return new TarReader(format, packed, options);
    }
}
