package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Folder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as a source is held to the same rules as an archive. */
class FolderSourceTest {
    private Path dir;
    private Path tree;
    private Path target;

    @BeforeEach
    void makeTree(@TempDir Path temporary) throws IOException {
        dir = temporary;
        tree = Files.createDirectory(dir.resolve("tree"));
        Files.createDirectory(tree.resolve("sub"));
        target = Files.createDirectory(dir.resolve("target"));
        Files.writeString(tree.resolve("sub/x"), "x");
    }

    @Test
    void aSocketIsRefused() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("sub/socket")));

            assertThat(refusal()).hasMessageContaining("entry 'sub/socket' is a socket");
        }
    }

    @Test
    void aFifoIsRefusedWithoutWaitingForItsWriter() throws Exception {
        boolean made = new ProcessBuilder("mkfifo", tree.resolve("fifo").toString())
                        .start()
                        .waitFor()
                == 0;
        assumeTrue(made, "mkfifo cannot make a fifo here");

        assertThat(refusal()).hasMessageContaining("entry 'fifo' is a fifo");
    }

    @Test
    void aLinkToOutsideIsRefused() throws IOException {
        Files.createSymbolicLink(tree.resolve("sub/out"), Path.of("../../target"));

        assertThat(refusal()).hasMessageContaining("entry 'sub/out' is a symbolic link that leads outside");
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() throws IOException {
        try (Folder folder = Folder.open(tree)) {
            folder.createNew("caf\udce9", 0644).close();
        }

        assertThat(refusal()).hasMessageContaining("caf").hasMessageContaining("not UTF-8");
    }

    @Test
    void anUnreadableFileIsNamed() throws IOException {
        Files.setPosixFilePermissions(tree.resolve("sub/x"), PosixFilePermissions.fromString("---------"));
        assumeFalse(
                Files.isReadable(tree.resolve("sub/x")),
                "this user reads files whatever their mode says, as root does");

        AxiomException refusal = refusal();
        assertThat(refusal).hasMessageContaining("sub/x");
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aSourceThatHoldsItsTargetIsRefused() {
        AxiomException refusal = catchThrowableOfType(
                AxiomException.class, () -> TreeSource.open(dir).unpack(target, UnpackOptions.DEFAULT));

        assertThat(refusal).hasMessageContaining("'target' is where the package is being written to");
    }

    @Test
    void aPackagedFolderIsArranged() throws IOException {
        Files.createDirectories(tree.resolve("root"));
        Files.move(tree.resolve("sub"), tree.resolve("root/sub"));
        Files.writeString(tree.resolve("manifest.yaml"), "name: x\n");
        Files.writeString(tree.resolve("provenance.yaml"), "source: y\n");

        Unpacked unpacked = TreeSource.open(tree).unpack(target, UnpackOptions.DEFAULT);

        assertThat(target.resolve("root/sub/x")).hasContent("x");
        assertThat(unpacked.metadata().provenance()).asString().isEqualTo("source: y\n");
        assertThat(unpacked.sourceSha256()).isNull();
    }

    @Test
    void aTargetThatIsTakenIsNotTouched() throws IOException {
        Files.createDirectory(target.resolve("root"));

        assertThat(refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(target.resolve("root")).isEmptyDirectory();
    }

    private AxiomException refusal() {
        AxiomException refusal = catchThrowableOfType(
                AxiomException.class, () -> TreeSource.open(tree).unpack(target, UnpackOptions.DEFAULT));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
