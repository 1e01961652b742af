package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.archive.DebianBytes.Member;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What dpkg would read as another package, or not at all, is no package here either. What dpkg 1.21 says of each was looked
 * at by hand and stands beside it.
 */
final class DebianSourceTest {
    private static final String GOOD =
            """
            Package: good
            Version: 1
            Architecture: all
            """;
    private static final String EVIL = GOOD.replace("good", "evil");

    private final Path folder;

    DebianSourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** dpkg-deb -f reads the first; -c gives up: "contains two control members". */
    @Test
    void aSecondControlMemberIsRefused() throws IOException {
        assertRefused(DebianBytes.FORMAT, control(GOOD), control(EVIL), data("a"))
                .contains("'control.tar.gz' stands where data.tar must");
        assertRefused(DebianBytes.FORMAT, control(GOOD), data("a"), control(EVIL))
                .contains("'control.tar.gz' stands behind data.tar");
    }

    /** dpkg-deb -c lists the first alone. */
    @Test
    void aSecondDataMemberIsRefused() throws IOException {
        assertRefused(DebianBytes.FORMAT, control(GOOD), data("a"), data("b"))
                .contains("'data.tar.zst' stands behind data.tar");
    }

    /** dpkg-deb: "is not a Debian binary archive", "has premature member". */
    @Test
    void theMembersStandInTheirOrder() throws IOException {
        assertRefused(data("a"), control(GOOD)).contains("'data.tar.zst' stands where debian-binary must");
        assertRefused(control(GOOD), data("a")).contains("'control.tar.gz' stands where debian-binary must");
        assertRefused(DebianBytes.FORMAT, data("a"), control(GOOD))
                .contains("'data.tar.zst' stands where control.tar must");
        assertRefused(DebianBytes.FORMAT, DebianBytes.FORMAT, control(GOOD), data("a"))
                .contains("'debian-binary' stands where control.tar must");
        assertRefused(DebianBytes.FORMAT, control(GOOD), new Member("extra", new byte[0]), data("a"))
                .contains("'extra' stands where data.tar must");
        assertRefused(DebianBytes.FORMAT, control(GOOD)).contains("a part is missing");
    }

    /** deb(5): what starts with an underscore may be passed over, and everything behind the third member. */
    @Test
    void membersThatDpkgPassesOverArePassedOver() throws IOException {
        Member signature = new Member("_gpgorigin", new byte[] {1});
        Member later = new Member("later", new byte[] {1});
        byte[] archive =
                DebianBytes.of(DebianBytes.FORMAT, signature, control(GOOD), signature, data("a"), signature, later);
        assertThat(nameOf(archive)).isEqualTo("good");
    }

    /** dpkg-deb: "archive is format version 3.0", "archive has no newlines in header". */
    @Test
    void anotherVersionOfTheFormatIsRefused() throws IOException {
        assertThat(nameOf(DebianBytes.of(format("2.7\nmore\n"), control(GOOD), data("a"))))
                .isEqualTo("good");
        for (String text : new String[] {"3.0\n", "2.x\n", "2.0", "", "20\n"}) {
            assertRefused(format(text), control(GOOD), data("a")).contains("is not known");
        }
    }

    /** dpkg-deb: "duplicate value for 'Package' field", whatever the case of its letters. */
    @Test
    void aFieldThatStandsTwiceIsRefused() throws IOException {
        assertRefused(GOOD + "Package: evil\n").contains("the field 'package' stands twice");
        assertRefused(GOOD + "PACKAGE : evil\n").contains("the field 'package' stands twice");
        assertRefused(GOOD + "X-Own: 1\nX-Own: 1\n").contains("the field 'x-own' stands twice");
    }

    /** dpkg-deb: "several package info entries found, only one allowed". */
    @Test
    void aSecondParagraphIsRefused() throws IOException {
        assertRefused(GOOD + "\n" + EVIL).contains("there is a second paragraph");
        assertRefused(GOOD + " \t\nX-More: 1\n").contains("there is a second paragraph");
        assertThat(nameOf(archive("\n\n" + GOOD + "\n\n"))).isEqualTo("good");
    }

    /** dpkg allows blanks before the colon, and so a field could hide; other names are not those of deb822(5). */
    @Test
    void aFieldsNameIsReadAsDpkgDoes() throws IOException {
        assertThat(nameOf(archive(GOOD.replace("Package:", "Package \t:")))).isEqualTo("good");
        assertRefused(GOOD + "#X: 1\n").contains("'#X: 1' is no field");
        assertRefused(GOOD + "-X: 1\n").contains("'-X: 1' is no field");
        assertRefused(GOOD + "X Y: 1\n").contains("'X Y: 1' is no field");
        assertRefused(GOOD + "\u000bX: 1\n").contains("is no field");
        assertRefused(" more\n" + GOOD).contains("is no field");
    }

    /** dpkg-deb -f unpacks all of control.tar and reads what then is the file: the last, also one that came by a link. */
    @Test
    void aControlPartHasPlainFilesOnceEach() throws IOException {
        assertControlRefused(tar -> {
                    DebianBytes.put(tar, "./control", GOOD);
                    DebianBytes.put(tar, "control", EVIL);
                })
                .contains("'control' stands in its control part twice");
        assertControlRefused(tar -> {
                    DebianBytes.put(tar, "./control", GOOD);
                    DebianBytes.put(tar, ".//control", EVIL);
                })
                .contains("'control' stands in its control part twice");
        assertControlRefused(tar -> {
                    DebianBytes.put(tar, "./control", GOOD);
                    link(tar, "./d", ".");
                    DebianBytes.put(tar, "./d/control", EVIL);
                })
                .contains("'./d' in its control part is no plain file");
        assertControlRefused(tar -> {
                    DebianBytes.put(tar, "./control", GOOD);
                    DebianBytes.put(tar, "d/control", EVIL);
                })
                .contains("'d/control' in its control part is no plain file");
        byte[] control = DebianBytes.control(tar -> {
            tar.putArchiveEntry(new TarArchiveEntry("./"));
            tar.closeArchiveEntry();
            DebianBytes.put(tar, "./control", GOOD);
        });
        Member member = new Member("control.tar.gz", control);
        assertThat(nameOf(DebianBytes.of(DebianBytes.FORMAT, member, data("a"))))
                .isEqualTo("good");
    }

    private static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(to);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static Member format(String text) {
        return new Member("debian-binary", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Member control(String text) throws IOException {
        return new Member("control.tar.gz", DebianBytes.control(text));
    }

    private static Member data(String content) throws IOException {
        return new Member("data.tar.zst", DebianBytes.data(content));
    }

    private static byte[] archive(String control) throws IOException {
        return DebianBytes.of(control, "a");
    }

    private AbstractStringAssert<?> assertControlRefused(DebianBytes.Filling filling) throws IOException {
        return assertRefused(DebianBytes.FORMAT, new Member("control.tar.gz", DebianBytes.control(filling)), data("a"));
    }

    private AbstractStringAssert<?> assertRefused(String control) throws IOException {
        return assertRefused(archive(control));
    }

    private AbstractStringAssert<?> assertRefused(Member... members) throws IOException {
        return assertRefused(DebianBytes.of(members));
    }

    private AbstractStringAssert<?> assertRefused(byte[] archive) {
        AxiomException[] caught = new AxiomException[1];
        assertThatThrownBy(() -> nameOf(archive))
                .isInstanceOfSatisfying(AxiomException.class, refusal -> caught[0] = refusal);
        assertThat(caught[0].code()).isEqualTo(ErrorCode.INVALID);
        return assertThat(caught[0].getMessage()).startsWith("a.deb: ");
    }

    private String nameOf(byte[] archive) throws IOException {
        Path file = Files.write(folder.resolve("a.deb"), archive);
        Path target = Files.createTempDirectory(folder, "out");
        Unpacked unpacked = TreeSource.open(file).unpack(target, UnpackOptions.DEFAULT);
        byte[] manifest = Objects.requireNonNull(unpacked.metadata().manifest());
        return ManifestCodec.read(Source.ofUser("manifest.yaml", manifest))
                .name()
                .value();
    }
}
