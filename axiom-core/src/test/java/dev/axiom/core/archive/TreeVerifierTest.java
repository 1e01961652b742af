package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a sealed tree is found. */
class TreeVerifierTest {
    private Path root;
    private TreeListing listing;

    @BeforeEach
    void unpack(@TempDir Path dir) throws IOException {
        Path archive = new TarBytes()
                .file("bin/run", "hello")
                .file("share/doc", "text")
                .link("link", "bin/run")
                .to(dir.resolve("a.tar"));
        Path target = Files.createDirectory(dir.resolve("target"));
        listing = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT).listing();
        root = target.resolve("root");
        allowWriting(root);
        allowWriting(root.resolve("bin"));
        allowWriting(root.resolve("share"));
        allowWriting(root.resolve("bin/run"));
    }

    private static void allowWriting(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void seal() throws IOException {
        ReadOnlyTree.seal(root);
        Files.setPosixFilePermissions(root.resolve("bin/run"), PosixFilePermissions.fromString("r--r--r--"));
    }

    @Test
    void anUnchangedTreeHasNoDifferences() throws IOException {
        seal();

        assertThat(TreeVerifier.verify(root, listing)).isEmpty();
    }

    @Test
    void changedContentOfTheSameLengthIsFound() throws IOException {
        Files.writeString(root.resolve("bin/run"), "hallo");
        seal();

        assertThat(TreeVerifier.verify(root, listing))
                .containsExactly(new Difference("bin/run", Difference.Kind.CHANGED, "its content is another one"));
    }

    @Test
    void anotherLengthIsFound() throws IOException {
        Files.writeString(root.resolve("bin/run"), "hello!");
        seal();

        assertThat(TreeVerifier.verify(root, listing))
                .containsExactly(new Difference("bin/run", Difference.Kind.CHANGED, "it has 6 bytes instead of 5"));
    }

    @Test
    void writeBitsAreFound() {
        assertThat(TreeVerifier.verify(root, listing))
                .extracting(Difference::path)
                .containsExactly(".", "bin", "bin/run", "share");
    }

    @Test
    void aTopFolderThatOthersMayWriteToIsFound() throws IOException {
        seal();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xrwxrwx"));

        assertThat(TreeVerifier.verify(root, listing))
                .containsExactly(new Difference(".", Difference.Kind.CHANGED, "its mode is 0577 instead of 0555"));
    }

    @Test
    void addedAndMissingEntriesAreFound() throws IOException {
        Files.createDirectories(root.resolve("evil/deep"));
        Files.writeString(root.resolve("evil/deep/x"), "x");
        Files.delete(root.resolve("share/doc"));
        seal();

        assertThat(TreeVerifier.verify(root, listing))
                .extracting(difference -> difference.kind() + " " + difference.path())
                .containsExactly("ADDED evil", "ADDED evil/deep", "ADDED evil/deep/x", "MISSING share/doc");
    }

    @Test
    void anotherTypeOrLinkTargetIsFound() throws IOException {
        Files.delete(root.resolve("link"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("share/doc"));
        Files.delete(root.resolve("share/doc"));
        Files.createSymbolicLink(root.resolve("share/doc"), Path.of("../bin/run"));
        seal();

        assertThat(TreeVerifier.verify(root, listing))
                .extracting(Difference::toString)
                .containsExactly(
                        "link: changed (it leads to 'share/doc' instead of 'bin/run')",
                        "share/doc: changed (the listing has a file, there is a symbolic link)");
    }
}
