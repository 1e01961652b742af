package dev.axiom.core.archive;

import com.github.luben.zstd.ZstdInputStream;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** The kinds of archives, told apart by their first bytes. */
enum ArchiveFormat {
    ZIP("PK"),
    /** A Debian package, or something else that Axiom does not read. */
    AR("!<arch>"),
    GZIP("\u001f\u008b"),
    BZIP2("BZh"),
    XZ("\u00fd7zXZ\0"),
    ZSTD("(\u00b5/\u00fd"),
    /** Has no sign at its start; known by the checksum of its first header. */
    TAR("");

    private static final int BUFFER = 64 * 1024;

    /** An xz archive of the strongest preset needs 65 MiB to unpack; more is refused. In KiB. */
    private static final int XZ_MEMORY = 96 * 1024;

    /** One char for each byte. */
    private final String magic;

    ArchiveFormat(String magic) {
        this.magic = magic;
    }

    /** The kind of this file. */
    static ArchiveFormat of(Path path) {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(TarReader.RECORD);
        } catch (IOException e) {
            throw AxiomException.io("read " + path, e);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (ArchiveFormat format : values()) {
            if (format != TAR && text.startsWith(format.magic)) {
                return format;
            }
        }
        if (TarReader.isHeader(start)) {
            return TAR;
        }
        throw new AxiomException(
                ErrorCode.INVALID,
                path + ": it is no archive that Axiom knows",
                "give a folder, or a .tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst, .zip, .deb or FreeBSD .pkg file",
                null);
    }

    /** The unpacked stream; fails with an IOException where the packed one is damaged, or has garbage behind its end. */
    InputStream unpacked(InputStream packed) throws IOException {
        return switch (this) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .setBufferSize(BUFFER)
                        .get();
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case XZ -> new XZInputStream(packed, XZ_MEMORY);
            case ZSTD -> new ZstdInputStream(packed);
            case TAR -> new BufferedInputStream(packed, BUFFER);
            case ZIP, AR -> throw new IllegalStateException("such an archive is not one stream");
        };
    }
}
