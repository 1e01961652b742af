package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * A FreeBSD package: a tar archive, today compressed by zstd, in which {@code +COMPACT_MANIFEST} and {@code +MANIFEST}
 * stand before the files, whose names start at the root of the file system. The second has all that the first has, and the
 * scripts, which become files that nobody runs.
 */
record FreebsdSource(Path path, ArchiveFormat format) implements TreeSource {
    private static final String MANIFEST = "+MANIFEST";

    /** How the names begin of what stands before the files and is none of them. */
    private static final String SIGN = "+";

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        return StreamedArchive.unpack(path, target, options, (packed, writer) -> {
            try (TarReader tar = new TarReader(format, packed, options)) {
                return finish(read(tar, writer), packed, writer);
            }
        });
    }

    /** Writes the files. pkg reads what the package is up to the first of them, and what comes twice only once. */
    private byte @Nullable [] read(TarReader tar, TreeWriter writer) throws IOException {
        Map<String, byte[]> about = new HashMap<>();
        boolean files = false;
        TarArchiveEntry entry;
        while ((entry = tar.next()) != null) {
            String name = tar.name();
            if (!name.startsWith(SIGN)) {
                files = true;
                TarSource.write(entry, tar, writer, TarSource.Names.FROM_THE_TOP);
            } else if (files) {
                throw refuse("its " + Vis.readable(name) + " stands behind a file");
            } else if (about.putIfAbsent(name, name.equals(MANIFEST) ? text(tar) : new byte[0]) != null) {
                throw refuse("it has two of " + Vis.readable(name));
            }
        }
        return about.get(MANIFEST);
    }

    private byte[] text(InputStream tar) throws IOException {
        return DistributionPackage.read(tar, () -> refuse("its " + MANIFEST + " is too long"));
    }

    private Unpacked finish(byte @Nullable [] manifest, MeteredStream packed, TreeWriter writer) throws IOException {
        if (manifest == null) {
            throw refuse("it is no FreeBSD package: it has no " + MANIFEST);
        }
        try {
            FreebsdManifest said = FreebsdManifest.parse(manifest);
            return DistributionPackage.finish(
                    new DistributionPackage.Said(said.manifest(), said.dependencies(), said.scripts(), said.remarks()),
                    packed,
                    writer);
        } catch (AxiomException e) {
            throw new AxiomException(e.code(), path.getFileName() + ": " + e.getMessage(), e.hint(), e);
        }
    }

    private AxiomException refuse(String reason) {
        return new AxiomException(ErrorCode.INVALID, path.getFileName() + ": " + reason);
    }
}
