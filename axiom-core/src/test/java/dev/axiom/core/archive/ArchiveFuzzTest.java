package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.ZstdOutputStream;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Archives with random damage: either they are refused as invalid, or a tree comes out that is as its listing says.
 * Never another exception, never a hang, never anything outside of the target.
 */
@ExtendWith(Seeds.class)
class ArchiveFuzzTest {
    private static final int ROUNDS = Integer.getInteger("axiom.fuzz.rounds", 150);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void damageIsRefusedOrHarmless(ArchiveFormat format, @TempDir Path temporary) throws IOException {
        byte[] whole = archive(format);
        Random random = Seeds.random();
        Path dir = Files.createDirectories(temporary.resolve("dir"));
        Path file = temporary.resolve("fuzzed");

        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                Files.write(file, damage(whole, random));
                unpack(file, Files.createDirectory(dir.resolve("target")));
                TreeRemoval.delete(dir.resolve("target"));
                assertThat(dir).isEmptyDirectory();
                try (Stream<Path> beside = Files.list(temporary)) {
                    assertThat(beside).containsExactlyInAnyOrder(dir, file);
                }
            }
        });
    }

    private static void unpack(Path file, Path target) throws IOException {
        try {
            Unpacked unpacked = TreeSource.open(file).unpack(target, UnpackOptions.DEFAULT);
            assertThat(TreeVerifier.verify(target.resolve("root"), unpacked.listing()))
                    .isEmpty();
            assertThat(TreeListing.parse("x", unpacked.listing().text())).isEqualTo(unpacked.listing());
        } catch (AxiomException refused) {
            assertThat(refused.code()).as(refused.toString()).isEqualTo(ErrorCode.INVALID);
        }
        try (Stream<Path> made = Files.list(target)) {
            assertThat(made).allMatch(path -> path.endsWith("root"));
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(2000));
            case 2 -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(bytes.length - from, random.nextInt(600));
                System.arraycopy(whole, random.nextInt(bytes.length - length + 1), bytes, from, length);
            }
            default -> {}
        }
        int flips = random.nextInt(4);
        for (int i = 0; i < flips && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] archive(ArchiveFormat format) throws IOException {
        if (format == ArchiveFormat.ZIP) {
            return zip();
        }
        if (format == ArchiveFormat.AR) {
            return DebianBytes.of(
                    "Package: hello\nVersion: 1.0-1\nArchitecture: all\nDescription: says hello\n",
                    "hello".repeat(500));
        }
        byte[] tar = new TarBytes()
                .folder("d/")
                .file("d/hello", "hello, world\n".repeat(50))
                .link("d/link", "hello")
                .hardLink("hard", "d/hello")
                .file("d/" + "long".repeat(40), "x")
                .extended("path=d/päx", "mtime=1.5")
                .file("ignored", "y".repeat(2000))
                .finished();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing(format, packed)) {
            out.write(tar);
        }
        return packed.toByteArray();
    }

    private static OutputStream packing(ArchiveFormat format, OutputStream out) throws IOException {
        return switch (format) {
            case GZIP -> new GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out, 1);
            case XZ -> new XZOutputStream(out, new LZMA2Options(0));
            case ZSTD -> new ZstdOutputStream(out).setChecksum(true);
            case TAR -> out;
            case ZIP, AR -> throw new IllegalArgumentException("such an archive is not one stream");
        };
    }

    private static byte[] zip() throws IOException {
        SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(channel)) {
            put(out, "d/", 0040755, "");
            put(out, "d/hello", 0100644, "hello, world\n".repeat(50));
            put(out, "d/link", 0120777, "hello");
            put(out, "päx", 0100755, "y".repeat(2000));
        }
        return Arrays.copyOf(channel.array(), (int) channel.size());
    }

    private static void put(ZipArchiveOutputStream out, String name, int mode, String content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        out.putArchiveEntry(entry);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
    }
}
