package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an archive may attack or confuse is refused, by the entry's name, and nothing is left outside. */
class HostileArchiveTest {
    private Path dir;
    private Path target;

    @BeforeEach
    void makeTarget(@TempDir Path temporary) throws IOException {
        dir = temporary;
        target = Files.createDirectories(dir.resolve("pool/target"));
        Files.writeString(dir.resolve("pool/precious"), "untouched");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        TreeRemoval.delete(target);
        try (Stream<Path> left = Files.list(dir.resolve("pool"))) {
            assertThat(left).containsExactly(dir.resolve("pool/precious"));
        }
        assertThat(dir.resolve("pool/precious")).hasContent("untouched");
    }

    static Stream<Arguments> tars() {
        String reachOut = "../../precious";
        return Stream.of(
                tar("/etc/passwd", "absolute name", new TarBytes().file("/etc/passwd", "x")),
                tar("/lo", "absolute name", new TarBytes().file("/lo" + "n".repeat(120) + "g", "x")),
                tar(
                        "/pax",
                        "absolute name",
                        new TarBytes().extended("path=/pax").file("a", "x")),
                tar("../../precious", "'..'", new TarBytes().file("../../precious", "x")),
                tar("a/../../b", "'..'", new TarBytes().file("a/../../b", "x")),
                tar("a/..", "'..'", new TarBytes().folder("a/..")),
                tar("nul\\u0000x", "NUL", new TarBytes().extended("path=nul\0x").file("a", "x")),
                tar("", "no name", new TarBytes().file("", "x")),
                tar("nnn", "more than 255 bytes", new TarBytes().file("n".repeat(256), "x")),
                tar(
                        "d/dd",
                        "more than 2048 bytes",
                        new TarBytes().file("d/" + ("d".repeat(200) + "/").repeat(11) + "x", "x")),
                tar("deep", "more than 128 folders deep", new TarBytes().folder("deep/" + "d/".repeat(130))),
                tar("link", "outside of the tree", new TarBytes().link("link", reachOut)),
                tar("link", "outside of the tree", new TarBytes().link("link", "/etc")),
                tar("a/link", "outside of the tree", new TarBytes().link("a/link", "b/../../..")),
                tar(
                        "a/b/e",
                        "outside of the tree",
                        new TarBytes().link("a/b/d", "../..").link("a/b/e", "d/../x")),
                tar(
                        "link/precious",
                        "passes through 'link'",
                        new TarBytes().link("link", "..").file("link/precious", "x")),
                tar(
                        "link/precious",
                        "passes through 'link'",
                        new TarBytes().link("link", "inside").folder("inside").file("link/precious", "x")),
                tar("a", "twice", new TarBytes().file("a/b", "x").link("a", "..")),
                tar("a", "twice", new TarBytes().folder("a").link("a", "..")),
                tar("a", "twice", new TarBytes().link("a", "b").link("a", "..")),
                tar("a", "a folder, but", new TarBytes().link("a", "b").folder("a")),
                tar("a/b", "passes through 'a'", new TarBytes().file("a", "x").file("a/b", "y")),
                tar("./a", "twice", new TarBytes().file("a", "x").file("./a", "y")),
                tar("a", "twice", new TarBytes().file("a", "x").hardLink("a", "a")),
                tar("hard", "no file that came before", new TarBytes().hardLink("hard", "missing")),
                tar(
                        "hard",
                        "no file that came before",
                        new TarBytes().folder("d").hardLink("hard", "d")),
                tar(
                        "hard",
                        "no file that came before",
                        new TarBytes().hardLink("hard", "later").file("later", "x")),
                tar(
                        "hard",
                        "'../../precious', which is no file that came before",
                        new TarBytes().hardLink("hard", reachOut)),
                tar(
                        "hard",
                        "'/etc/passwd', which is no file that came before",
                        new TarBytes().hardLink("hard", "/etc/passwd")),
                tar("dev", "character device", new TarBytes().entry('3', "dev", "", new byte[0])),
                tar("dev", "block device", new TarBytes().entry('4', "dev", "", new byte[0])),
                tar("fifo", "fifo", new TarBytes().entry('6', "fifo", "", new byte[0])),
                tar("sparse", "sparse", new TarBytes().entry('S', "sparse", "", new byte[0])),
                tar("volume", "unknown type 'V'", new TarBytes().entry('V', "volume", "", new byte[0])),
                tar("suid", "mode 4755", new TarBytes().mode(04755).file("suid", "x")),
                tar("sgid", "mode 2755", new TarBytes().mode(02755).file("sgid", "x")),
                tar("sticky", "mode 1777", new TarBytes().mode(01777).folder("sticky")),
                tar("link", "empty", new TarBytes().link("link", "")),
                tar(
                        "x",
                        "beside 'root/'",
                        new TarBytes()
                                .file("manifest.yaml", "x")
                                .file("root/a", "x")
                                .file("x", "x")),
                tar(
                        "a/up",
                        "outside of the tree",
                        new TarBytes().file("manifest.yaml", "x").link("root/a/up", "../../deps.yaml")),
                tar(
                        "manifest.yaml",
                        "file of its own",
                        new TarBytes().file("x", "x").hardLink("manifest.yaml", "x")),
                tar(
                        "deps.yaml",
                        "file of its own",
                        new TarBytes().file("manifest.yaml", "x").folder("deps.yaml")),
                tar("manifest.yaml", "longer than", new TarBytes().file("manifest.yaml", " ".repeat(1_048_577))));
    }

    private static Arguments tar(String entry, String reason, TarBytes archive) {
        return Arguments.of(entry, reason, archive);
    }

    @ParameterizedTest(name = "{index}: {0} {1}")
    @MethodSource("tars")
    void aHostileTarIsRefusedByTheEntrysName(String entry, String reason, TarBytes archive) {
        AxiomException refusal = unpack(archive.to(dir.resolve("hostile.tar")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal).isInstanceOf(EntryRefusedException.class);
        assertThat(refusal).hasMessageContaining("hostile.tar: entry '" + entry).hasMessageContaining(reason);
    }

    @Test
    void specialModesAreKeptWhenAskedFor() throws IOException {
        Path archive = new TarBytes()
                .mode(04755)
                .file("su", "x")
                .mode(02775)
                .folder("d")
                .to(dir.resolve("a.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, new UnpackOptions(0, true, Limits.DEFAULT));

        assertThat(unpacked.listing().toString()).contains("./su type=file mode=04755", "./d type=dir mode=02775");
        assertThat((int) Files.getAttribute(target.resolve("root/su"), "unix:mode") & 07777)
                .isEqualTo(04555);
        assertThat((int) Files.getAttribute(target.resolve("root/d"), "unix:mode") & 07777)
                .isEqualTo(02555);
        assertThat(TreeVerifier.verify(target.resolve("root"), unpacked.listing()))
                .isEmpty();
    }

    @Test
    void theSameFolderTwiceIsFineAndTheLaterModeCounts() {
        Path archive = new TarBytes()
                .mode(0700)
                .folder("a/")
                .file("a/b", "x")
                .mode(0751)
                .folder("./a")
                .to(dir.resolve("a.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.listing().toString()).contains("./a type=dir mode=0751");
    }

    @Test
    void caseIsSignificant() {
        Path archive = new TarBytes().file("a", "1").file("A", "2").to(dir.resolve("a.tar"));

        assertThat(TreeSource.open(archive)
                        .unpack(target, UnpackOptions.DEFAULT)
                        .entries())
                .isEqualTo(2);
    }

    @Test
    void linksThatLeadRoundInCirclesStayInside() {
        Path archive =
                new TarBytes().link("a", "b/x").link("b", "a/x").link("c", "c").to(dir.resolve("a.tar"));

        assertThat(TreeSource.open(archive)
                        .unpack(target, UnpackOptions.DEFAULT)
                        .entries())
                .isEqualTo(3);
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() {
        byte[] name = {'c', 'a', 'f', (byte) 0xe9};
        Path archive = new TarBytes().raw('0', name, "", new byte[0]).to(dir.resolve("a.tar"));

        assertThat(unpack(archive)).hasMessageContaining("caf").hasMessageContaining("not UTF-8");
    }

    @Test
    void strippingAwayAFileIsRefused() {
        Path archive = new TarBytes()
                .folder("top")
                .file("top/x", "1")
                .file("README", "2")
                .to(dir.resolve("a.tar"));

        AxiomException refusal = catchThrowableOfType(AxiomException.class, () -> TreeSource.open(archive)
                .unpack(target, UnpackOptions.DEFAULT.withStrip(1)));

        assertThat(refusal).hasMessageContaining("README").hasMessageContaining("no name left");
    }

    @Test
    void aTarWithoutItsEndIsCutOff() throws IOException {
        Path archive =
                Files.write(dir.resolve("a.tar"), new TarBytes().file("a", "x").unfinished());

        assertThat(unpack(archive))
                .hasMessageContaining("a.tar")
                .hasMessageContaining("cut off")
                .hasMessageEndingWith(", at 'a'");
    }

    @Test
    void somethingBehindTheEndIsRefused() throws IOException {
        byte[] whole = new TarBytes().file("a", "x").finished();
        byte[] longer = Arrays.copyOf(whole, whole.length + 600);
        longer[longer.length - 1] = 1;

        assertThat(unpack(Files.write(dir.resolve("a.tar"), longer)))
                .hasMessageContaining("behind its end")
                .hasMessageEndingWith(", at 'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib-garbage", "checksum"})
    void aDamagedGzipIsRefusedEvenBehindItsLastEntry(String what) throws IOException {
        Path archive = dir.resolve("a.tar.gz");
        gzip(archive, new TarBytes().file("a", "x").finished());
        byte[] bytes = Files.readAllBytes(archive);
        byte[] broken = what.equals("checksum") ? bytes.clone() : Arrays.copyOf(bytes, bytes.length + 7);
        broken[what.equals("checksum") ? bytes.length - 6 : broken.length - 1] ^= 0x55;

        assertThat(unpack(Files.write(archive, broken)))
                .hasMessageContaining("damaged")
                .hasMessageEndingWith(", at 'a'");
    }

    @Test
    void aBombIsStoppedByItsRatio() throws IOException {
        Path archive = dir.resolve("bomb.tar.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            byte[] zeros = new byte[1 << 20];
            byte[] header = new TarBytes()
                    .raw('0', "bomb".getBytes(StandardCharsets.UTF_8), "", new byte[0])
                    .unfinished();
            out.write(withSize(header, 200L << 20));
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }

        assertThat(unpack(archive)).hasMessageContaining("250 times its size, at 'bomb'");
    }

    private static byte[] withSize(byte[] header, long size) {
        byte[] digits = String.format("%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 124, digits.length);
        System.arraycopy("        ".getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 6);
        return header;
    }

    @Test
    void moreThanTheLimitsIsRefused() throws IOException {
        Path many = new TarBytes().file("a", "x").file("b", "x").file("c", "x").to(dir.resolve("many.tar"));
        Path large = new TarBytes().file("a", "12345").file("b", "678901").to(dir.resolve("large.tar"));
        Limits limits = new Limits(10, 2, 250, 2048, 128);
        UnpackOptions options = new UnpackOptions(0, false, limits);

        for (Path archive : List.of(many, large)) {
            AxiomException refusal = catchThrowableOfType(
                    AxiomException.class, () -> TreeSource.open(archive).unpack(target, options));
            assertThat(refusal)
                    .hasMessageContaining("more than the limit")
                    .hasMessageEndingWith(archive.equals(many) ? ", at 'c'" : ", at 'b'");
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
            TreeRemoval.delete(target.resolve("root"));
        }
    }

    @Test
    void anExtendedHeaderCannotFillTheMemory() throws IOException {
        byte[] header = new TarBytes()
                .raw('L', "x".getBytes(StandardCharsets.UTF_8), "", new byte[0])
                .unfinished();
        Path archive = Files.write(dir.resolve("a.tar"), withSize(header, 7L << 30));

        assertThat(unpack(archive)).hasMessageContaining("extended header");
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("a.tar.gz"), "hello");

        assertThat(unpack(file)).hasMessageContaining("no archive");
        AxiomException missing = unpack(dir.resolve("missing"));
        assertThat(missing.code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private AxiomException unpack(Path archive) {
        AxiomException refusal = catchThrowableOfType(
                AxiomException.class, () -> TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static void gzip(Path file, byte[] content) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }
}
