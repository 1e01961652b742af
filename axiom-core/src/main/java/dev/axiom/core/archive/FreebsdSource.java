package dev.axiom.core.archive;

import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
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
        String name = String.valueOf(path.getFileName());
        try (TreeWriter writer = new TreeWriter(name, target, options);
                MeteredStream packed = new MeteredStream(Files.newInputStream(path));
                InputStream unpacked = new RatioGuard(format.unpacked(packed), packed, options.limits());
                TarReader tar = new TarReader(unpacked)) {
            FreebsdManifest manifest = null;
            TarArchiveEntry entry;
            while ((entry = tar.next()) != null) {
                if (tar.name().equals(MANIFEST)) {
                    manifest = FreebsdManifest.parse(tar.readNBytes(Metadata.LIMIT));
                } else if (!tar.name().startsWith("+")) {
                    TarSource.write(entry, tar, writer, TarSource.Names.FROM_THE_TOP);
                }
            }
            return finish(manifest, writer, packed);
        } catch (IOException e) {
            throw Damage.of(name, e);
        } catch (ArithmeticException | IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            // Decompressors say so when their input makes no sense.
            throw new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged", null, e);
        }
    }

    private Unpacked finish(@Nullable FreebsdManifest manifest, TreeWriter writer, MeteredStream packed)
            throws IOException {
        try {
            if (manifest == null) {
                throw new AxiomException(ErrorCode.INVALID, "it is no FreeBSD package: it has no " + MANIFEST);
            }
            List<String> scripts =
                    MaintainerScripts.write(writer, manifest.manifest().name(), manifest.scripts());
            return writer.finish(HexFormat.of().formatHex(packed.digest()))
                    .described(
                            ManifestCodec.write(manifest.manifest()), DependenciesCodec.write(manifest.dependencies()))
                    .with(scripts);
        } catch (AxiomException e) {
            throw new AxiomException(e.code(), path.getFileName() + ": " + e.getMessage(), e.hint(), e);
        }
    }
}
