package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the library would read in one way and another program in another way is refused. Each archive here was read
 * without complaint by commons-compress 1.28, or ran it out of stack or memory.
 */
class AmbiguousTarTest {
    private static final String MALFORMED = "extended header is malformed";
    private static final int MODE = 100;
    private static final int USER = 108;
    private static final int SIZE = 124;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;

    private Path dir;
    private Path target;

    @BeforeEach
    void makeTarget(@TempDir Path temporary) throws IOException {
        dir = temporary;
        target = Files.createDirectory(dir.resolve("target"));
    }

    static Stream<Arguments> archives() {
        byte[] hidden = Arrays.copyOf(new TarBytes().file("hidden", "").unfinished(), 512);
        return Stream.of(
                tar("'d/' is no file, but has 512", new TarBytes().entry('5', "d", "", hidden)),
                tar("'d/' is no file, but has 512", new TarBytes().entry('0', "d/", "", hidden)),
                tar("'l' is no file, but has 512", new TarBytes().entry('2', "l", "x", hidden)),
                tar("'h' is no file, but has 512", new TarBytes().file("f", "x").entry('1', "h", "f", hidden)),
                tar(
                        "'p/' is no file, but has 512",
                        new TarBytes().extended("path=p/").entry('0', "x", "", hidden)),
                tar(
                        "the name of a folder",
                        new TarBytes().entry('K', "k/", "", hidden).file("a", "x")),
                tar(
                        "the name of a folder",
                        new TarBytes().entry('L', "l/", "", hidden).file("a", "x")),
                tar(
                        "more than one path",
                        new TarBytes()
                                .entry('L', "l", "", bytes("b"))
                                .extended("path=c")
                                .file("a", "x")),
                tar(
                        "more than one path",
                        new TarBytes()
                                .extended("path=c")
                                .entry('L', "l", "", bytes("b"))
                                .file("a", "x")),
                tar(
                        "more than one path",
                        new TarBytes().extended("path=b", "path=c").file("a", "x")),
                tar(
                        "more than one linkpath",
                        new TarBytes()
                                .entry('K', "k", "", bytes("b"))
                                .entry('K', "k", "", bytes("c"))
                                .link("a", "x")),
                tar(
                        "more than one size",
                        new TarBytes().extended("size=1", "size=0").file("a", "x")),
                tar(
                        "more than one extended",
                        new TarBytes().extended("path=b").extended("mtime=1").file("a", "x")),
                tar("the same path", global("path=b").file("a", "x")),
                tar("the same size", global("size=0").file("a", "x")),
                tar(
                        MALFORMED,
                        new TarBytes()
                                .entry('x', "x", "", bytes("3 path=14 linkpath=x\n"))
                                .file("a", "x")),
                tar(
                        MALFORMED,
                        new TarBytes()
                                .entry('x', "x", "", bytes("\n\n9 path=b\n"))
                                .file("a", "x")),
                tar(
                        MALFORMED,
                        new TarBytes()
                                .entry('x', "x", "", bytes("9 path=b\n11 mtime"))
                                .file("a", "x")),
                tar(
                        MALFORMED,
                        new TarBytes()
                                .entry('x', "x", "", bytes("4294967314 path=b\n"))
                                .file("a", "x")),
                tar("the size '+1'", new TarBytes().extended("size=+1").file("a", "x")),
                tar(
                        "number that is none",
                        new TarBytes().patch(SIZE, "\0" + "0000000001").file("a", "x")),
                tar(
                        "number that is none",
                        new TarBytes()
                                .patch(SIZE, "\u0081" + "\0".repeat(10) + "\1")
                                .file("a", "x")),
                tar(
                        "number that is none",
                        new TarBytes().patch(MODE, "\0" + "04755").file("a", "x")),
                tar(
                        "the oldest form",
                        new TarBytes()
                                .patch(header -> {
                                    Arrays.fill(header, MAGIC, MAGIC + 8, (byte) 0);
                                    header[PREFIX] = 'p';
                                })
                                .file("a", "x")),
                tar(
                        "ends behind an extended header",
                        new TarBytes().file("a", "x").entry('L', "l", "", bytes("b"))),
                tar(
                        "sparse",
                        new TarBytes()
                                .patch(482, "\1")
                                .entry('S', "s", "", new byte[0])
                                .file("a", "x")),
                tar(
                        "sparse",
                        new TarBytes()
                                .extended("GNU.sparse.major=1", "GNU.sparse.realsize=0")
                                .file("a", "0\n")),
                tar(
                        "sparse",
                        new TarBytes()
                                .extended("SCHILY.filetype=sparse", "SCHILY.realsize=9")
                                .file("a", "x")),
                tar(
                        "not UTF-8",
                        new TarBytes()
                                .entry('x', "x", "", new byte[] {'9', ' ', 'p', 'a', 't', 'h', '=', -1, '\n'})
                                .file("a", "x")));
    }

    private static Arguments tar(String reason, TarBytes archive) {
        return Arguments.of(reason, archive);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static TarBytes global(String record) {
        return new TarBytes().patch(header -> header[TYPE] = 'g').extended(record);
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("archives")
    void whatCanBeReadInTwoWaysIsRefused(String reason, TarBytes archive) {
        assertThat(refusal(archive.to(dir.resolve("a.tar")))).hasMessageContaining(reason);
    }

    @Test
    void headersDoNotNestUntilTheStackIsFull() {
        TarBytes archive = new TarBytes();
        for (int i = 0; i < 20_000; i++) {
            archive.extended("comment=x");
        }

        assertThat(refusal(archive.file("a", "x").to(dir.resolve("a.tar"))))
                .hasMessageContaining("more than one extended");
    }

    @Test
    void theChecksumOfAnExtendedHeaderCountsToo() throws IOException {
        byte[] bytes = new TarBytes()
                .file("first", "")
                .extended("path=b")
                .file("a", "x")
                .finished();
        bytes[512 + USER] ^= 1;

        assertThat(refusal(Files.write(dir.resolve("a.tar"), bytes))).hasMessageContaining("wrong checksum");
    }

    @Test
    void oneRecordOfZerosIsAnEnd() throws IOException {
        byte[] bytes = new TarBytes().file("a", "x").finished();

        Unpacked unpacked = unpack(Files.write(dir.resolve("a.tar"), Arrays.copyOf(bytes, bytes.length - 512)));

        assertThat(unpacked.listing().entries()).extracting(TreeEntry::path).containsExactly("a");
    }

    @Test
    void bothKindsOfExtendedHeadersMayDescribeOneEntryIfTheyAgreeOnWhoNamesIt() {
        String name = "n".repeat(120);
        Path archive = new TarBytes()
                .extended("uid=3000000", "mtime=7.25")
                .file(name, "x")
                .to(dir.resolve("a.tar"));

        assertThat(unpack(archive).listing().entries())
                .extracting(TreeEntry::path)
                .containsExactly(name);
    }

    @Test
    void theCharacterThatStandsForUnknownOnesIsANameLikeAnyOther() {
        Path archive = new TarBytes()
                .file("\ufffd", "x")
                .extended("path=d/\ufffd\u00e4")
                .file("ignored", "y")
                .extended("linkpath=\u00e4")
                .link("l", "ignored")
                .to(dir.resolve("a.tar"));

        assertThat(unpack(archive).listing().entries())
                .extracting(TreeEntry::path)
                .containsExactly("d", "d/\ufffd\u00e4", "l", "\ufffd");
        assertThat(Files.exists(target.resolve("root/d/\ufffd\u00e4"))).isTrue();
    }

    private Unpacked unpack(Path archive) {
        return TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);
    }

    private AxiomException refusal(Path archive) {
        AxiomException refusal = catchThrowableOfType(AxiomException.class, () -> unpack(archive));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal).hasMessageContaining("a.tar");
        return refusal;
    }
}
