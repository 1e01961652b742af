package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * A FreeBSD package: a tar archive, today compressed by zstd, in which {@code +COMPACT_MANIFEST} and {@code +MANIFEST}
 * stand before the files, whose names start at the root of the file system. The second has all that the first has, and the
 * scripts, which become files that nobody runs.
 */
record FreebsdSource(Path path, ArchiveFormat format) implements TreeSource {
    private static final String MANIFEST = "+MANIFEST";

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        return StreamedArchive.unpack(path, target, options, (packed, writer) -> {
            try (TarReader tar = new TarReader(format, packed, options)) {
                FreebsdManifest manifest = null;
                TarArchiveEntry entry;
                while ((entry = tar.next()) != null) {
                    if (tar.name().equals(MANIFEST)) {
                        manifest = FreebsdManifest.parse(read(tar));
                    } else if (!tar.name().startsWith("+")) {
                        TarSource.write(entry, tar, writer, TarSource.Names.FROM_THE_TOP);
                    }
                }
                return finish(manifest, packed, writer);
            }
        });
    }

    private byte[] read(InputStream tar) throws IOException {
        byte[] bytes = tar.readNBytes(Metadata.LIMIT + 1);
        if (bytes.length > Metadata.LIMIT) {
            throw new AxiomException(ErrorCode.INVALID, path.getFileName() + ": its " + MANIFEST + " is too long");
        }
        return bytes;
    }

    private Unpacked finish(@Nullable FreebsdManifest said, MeteredStream packed, TreeWriter writer)
            throws IOException {
        try {
            if (said == null) {
                throw new AxiomException(ErrorCode.INVALID, "it is no FreeBSD package: it has no " + MANIFEST);
            }
            return DistributionPackage.finish(said.manifest(), said.dependencies(), said.scripts(), packed, writer);
        } catch (AxiomException e) {
            throw new AxiomException(e.code(), path.getFileName() + ": " + e.getMessage(), e.hint(), e);
        }
    }
}
