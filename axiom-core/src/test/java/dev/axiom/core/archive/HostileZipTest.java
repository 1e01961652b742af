package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a zip archive is found, be it in the central directory, the local headers or the data. */
class HostileZipTest {
    private static final int LINK = 0120777;

    private Path dir;
    private Path target;

    @BeforeEach
    void makeTarget(@TempDir Path temporary) throws IOException {
        dir = temporary;
        target = Files.createDirectories(dir.resolve("pool/target"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        TreeRemoval.delete(target);
        assertThat(dir.resolve("pool")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "../up, 0100644, x, '..'",
        "/abs, 0100644, x, absolute",
        "link, 0120777, ../../out, outside of the tree",
        "link, 0120777, /etc, outside of the tree",
        "suid, 0104755, x, mode 4755",
        "fifo, 0010644, '', 'neither file, folder nor link'",
        "dev, 0020644, '', 'neither file, folder nor link'",
        "folder/, 0040755, content, folder with content",
    })
    void anUnsafeEntryIsRefused(String name, String mode, String content, String reason) throws IOException {
        Path zip = zip(name, Integer.parseInt(mode, 8), content);

        assertThat(unpack(zip)).hasMessageContaining("entry '" + name + "'").hasMessageContaining(reason);
    }

    /** As some programs on Windows write; who knows of Unix's modes means a file of that name. */
    @Test
    void aBackslashThatMayStandForAFolderIsRefused() throws IOException {
        Path zip = dir.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) { // which tells of no modes
            out.putNextEntry(new ZipEntry("dir\\..\\..\\up"));
        }
        assertThat(unpack(zip)).hasMessageContaining("'\\' in its name");

        TreeRemoval.delete(target.resolve("root"));
        TreeSource.open(zip("d/a\\b", 0100644, "x")).unpack(target, UnpackOptions.DEFAULT);
        assertThat(target.resolve("root/d/a\\b")).hasContent("x");
    }

    @Test
    void anEntryThroughALinkIsRefused() throws IOException {
        Path zip = dir.resolve("a.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            put(out, "link", LINK, ".");
            put(out, "link/x", 0100644, "x");
        }

        assertThat(unpack(zip)).hasMessageContaining("link/x").hasMessageContaining("passes through 'link'");
    }

    @Test
    void theSameFileTwiceIsRefused() throws IOException {
        Path zip = dir.resolve("a.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            put(out, "x", 0100644, "1");
            put(out, "x", 0100644, "2");
        }

        assertThat(unpack(zip)).hasMessageContaining("entry 'x' is there twice");
    }

    @Test
    void anEncryptedEntryIsRefused() throws IOException {
        byte[] bytes = bytes();
        int central = find(bytes, 0x02014b50);
        bytes[6] |= 1;
        bytes[central + 8] |= 1;

        assertThat(unpack(bytes)).hasMessageContaining("'hello.txt' is encrypted");
    }

    @Test
    void anUnknownMethodIsRefused() throws IOException {
        byte[] bytes = bytes();
        bytes[find(bytes, 0x02014b50) + 10] = 12;

        assertThat(unpack(bytes)).hasMessageContaining("method 12");
    }

    @Test
    void aLocalHeaderWithAnotherNameIsRefused() throws IOException {
        byte[] bytes = bytes();
        bytes[30] = 'j';

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt").hasMessageContaining("contradict");
    }

    @Test
    void aLocalHeaderElsewhereIsRefused() throws IOException {
        byte[] bytes = bytes();
        bytes[find(bytes, 0x02014b50) + 42]++;

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt");
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        byte[] bytes = bytes();
        bytes[14] ^= 1;
        bytes[find(bytes, 0x02014b50) + 16] ^= 1;

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt").hasMessageContaining("wrong checksum");
    }

    @Test
    void aBombIsRefusedByWhatItAnnounces() throws IOException {
        byte[] bytes = bytes();
        bytes[find(bytes, 0x02014b50) + 27] = 100; // 1.6 GiB

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt").hasMessageContaining("250 times its size");
    }

    @Test
    void aZipWhoseContentIsShorterThanAnnouncedNamesTheEntry() throws IOException {
        byte[] bytes = bytes();
        bytes[26] = (byte) 0xff; // the name's length in the local header
        bytes[27] = (byte) 0xff;

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt");
    }

    @Test
    void aLaterSizeThanTheContentsIsRefused() throws IOException {
        byte[] bytes = bytes();
        bytes[22]++;
        bytes[find(bytes, 0x02014b50) + 24]++;

        assertThat(unpack(bytes)).hasMessageContaining("hello.txt").hasMessageContaining("cut off");
    }

    @Test
    void somethingBehindTheEndIsRefused() throws IOException {
        byte[] bytes = bytes();

        assertThat(unpack(Arrays.copyOf(bytes, bytes.length + 1))).hasMessageContaining("end record");
    }

    @Test
    void somethingBeforeTheStartThatShiftsEverythingIsRefused() throws IOException {
        byte[] bytes = bytes();
        byte[] shifted = new byte[bytes.length + 10];
        shifted[0] = 'P';
        shifted[1] = 'K';
        System.arraycopy(bytes, 0, shifted, 10, bytes.length);

        assertThat(unpack(shifted)).hasMessageContaining("central directory is not where");
    }

    @Test
    void aCountThatIsTooLowHidesNothing() throws IOException {
        byte[] bytes = bytes();
        int end = find(bytes, 0x06054b50);
        bytes[end + 8] = 0;
        bytes[end + 10] = 0;

        assertThat(unpack(bytes)).hasMessageContaining("longer than its 0 entries");
    }

    @Test
    void twoEntriesOfTheSameDataAreRefused() throws IOException {
        Path zip = dir.resolve("a.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            put(out, "x", 0100644, "1");
            put(out, "y", 0100644, "1");
        }
        byte[] bytes = Files.readAllBytes(zip);
        int second = find(bytes, 0x02014b50) + 46;
        while (ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(second) != 0x02014b50) {
            second++;
        }
        Arrays.fill(bytes, second + 42, second + 46, (byte) 0);

        assertThat(unpack(bytes)).hasMessageContaining("overlaps");
    }

    @Test
    void everyCutIsFound() throws IOException {
        byte[] bytes = bytes();
        for (int length = 2; length < bytes.length; length++) {
            assertThat(unpack(Arrays.copyOf(bytes, length)).code()).isEqualTo(ErrorCode.INVALID);
            TreeRemoval.delete(target.resolve("root"));
        }
    }

    private static int find(byte[] bytes, int signature) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 4 <= bytes.length; at++) {
            if (buffer.getInt(at) == signature) {
                return at;
            }
        }
        throw new AssertionError("no such signature");
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(zip("hello.txt", 0100644, "hello hello hello hello"));
    }

    private Path zip(String name, int mode, String content) throws IOException {
        Path zip = dir.resolve("made.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            put(out, name, mode, content);
        }
        return zip;
    }

    private static void put(ZipArchiveOutputStream out, String name, int mode, String content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        out.putArchiveEntry(entry);
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
    }

    private AxiomException unpack(byte[] bytes) throws IOException {
        return unpack(Files.write(dir.resolve("broken.zip"), bytes));
    }

    private AxiomException unpack(Path zip) {
        AxiomException refusal = catchThrowableOfType(
                AxiomException.class, () -> TreeSource.open(zip).unpack(target, UnpackOptions.DEFAULT));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        return refusal;
    }
}
