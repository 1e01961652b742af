package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system's own archivers make must come out as it went in, whatever the format. */
class TreeSourceTest {
    private static final Instant OLD = Instant.parse("2001-02-03T04:05:06Z");

    private Path dir;
    private Path tree;
    private Path target;

    @BeforeEach
    void makeTree(@TempDir Path temporary) throws IOException {
        dir = temporary;
        tree = Files.createDirectories(dir.resolve("tree"));
        target = Files.createDirectories(dir.resolve("target"));
        Files.createDirectories(tree.resolve("bin"));
        Files.createDirectories(tree.resolve("share/empty"));
        write("bin/run", "#!/bin/sh\necho hello\n", "rwxr-xr-x");
        write("share/käse ☃.txt", "Käse", "rw-r-----");
        write("share/nothing", "", "rw-rw-r--");
        write("share/long-" + "x".repeat(180), "long", "rw-r--r--");
        write("share/large", "0123456789abcdef".repeat(40_000), "r--r--r--");
        Files.createLink(tree.resolve("bin/walk"), tree.resolve("bin/run"));
        Files.createSymbolicLink(tree.resolve("bin/again"), Path.of("../bin/run"));
        Files.createSymbolicLink(tree.resolve("bin/nowhere"), Path.of("not/there"));
        for (String folder : List.of("share/empty", "share", "bin")) {
            Files.setLastModifiedTime(tree.resolve(folder), FileTime.from(OLD));
        }
    }

    private void write(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(tree.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(file, FileTime.from(OLD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar -cf FILE .",
                "tar -czf FILE .",
                "tar -cjf FILE .",
                "tar -cJf FILE .",
                "tar --zstd -cf FILE .",
                "tar --format=pax -cf FILE .",
                "tar --format=ustar --exclude=long-* -cf FILE .",
                "tar --format=gnu -cf FILE bin share",
                "zip -qry FILE .",
                "zip -qry0 FILE bin share"
            })
    void anArchiveGivesTheTreeItWasMadeOf(String command) throws Exception {
        if (command.contains("ustar")) {
            Files.delete(tree.resolve("share/long-" + "x".repeat(180)));
            Files.setLastModifiedTime(tree.resolve("share"), FileTime.from(OLD));
        }
        Path archive = dir.resolve("archive.bin");
        archive(command.replace("FILE", archive.toString()));
        Unpacked fromFolder =
                TreeSource.open(tree).unpack(Files.createDirectory(dir.resolve("other")), UnpackOptions.DEFAULT);

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.listing()).hasToString(fromFolder.listing().toString());
        assertThat(unpacked.sourceSha256()).isEqualTo(sha256(archive));
        assertThat(TreeVerifier.verify(target.resolve("root"), unpacked.listing()))
                .isEmpty();
        assertThat(Files.getLastModifiedTime(target.resolve("root/share/empty")))
                .isEqualTo(FileTime.from(OLD));
        assertThat(Files.getLastModifiedTime(target.resolve("root/bin/run"))).isEqualTo(FileTime.from(OLD));
    }

    @Test
    void aFolderKeepsModesTimesAndLinks() throws IOException {
        Unpacked unpacked = TreeSource.open(tree).unpack(target, UnpackOptions.DEFAULT);

        Path root = target.resolve("root");
        assertThat(unpacked.listing().toString().lines().limit(3))
                .containsExactly(
                        "./bin type=dir mode=0755",
                        "./bin/again type=link mode=0777 link=../bin/run",
                        "./bin/nowhere type=link mode=0777 link=not/there");
        assertThat(unpacked.listing().toString())
                .contains("./share/k\\303\\244se\\040\\342\\230\\203.txt type=file mode=0640 size=5 sha256digest=");
        assertThat(Files.getPosixFilePermissions(root.resolve("bin/run")))
                .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(Files.getPosixFilePermissions(root)).isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(Files.getAttribute(root.resolve("bin/walk"), "unix:ino"))
                .isEqualTo(Files.getAttribute(root.resolve("bin/run"), "unix:ino"));
        assertThat(Files.getLastModifiedTime(root.resolve("bin/again"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(Files.getLastModifiedTime(tree.resolve("bin/again"), LinkOption.NOFOLLOW_LINKS));
        assertThat(Files.getLastModifiedTime(root.resolve("share"))).isEqualTo(FileTime.from(OLD));
    }

    @Test
    void stripTakesLeadingNames() throws Exception {
        Path archive = dir.resolve("a.tar");
        archive("tar -C .. -cf " + archive + " tree");

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT.withStrip(1));

        assertThat(target.resolve("root/bin/run")).exists();
        assertThat(unpacked.listing().entries()).extracting(TreeEntry::path).contains("bin/walk", "share/empty");
    }

    @Test
    void aManifestBehindTheContentMakesAPackagedSource() {
        Path archive = new TarBytes()
                .folder("root/")
                .file("root/root/deep", "1")
                .file("root/top", "2")
                .link("root/link", "root/deep")
                .file("deps.yaml", "dependencies: []\n")
                .file("files.mtree", "whatever")
                .file("manifest.yaml", "name: x\n")
                .to(dir.resolve("p.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.listing().entries())
                .extracting(TreeEntry::path)
                .containsExactly("link", "root", "root/deep", "top");
        assertThat(target.resolve("root/root/deep")).hasContent("1");
        assertThat(unpacked.metadata().documents()).containsOnlyKeys("manifest.yaml", "deps.yaml");
        assertThat(unpacked.metadata().manifest()).isEqualTo("name: x\n".getBytes(StandardCharsets.UTF_8));
        assertThat(TreeVerifier.verify(target.resolve("root"), unpacked.listing()))
                .isEmpty();
    }

    @Test
    void aManifestWithoutRootLeavesTheRestAsContent() {
        Path archive = new TarBytes()
                .file("./manifest.yaml", "name: x\n")
                .file("./bin/x", "1")
                .to(dir.resolve("p.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.listing().entries()).extracting(TreeEntry::path).containsExactly("bin", "bin/x");
    }

    @Test
    void withoutAManifestAFolderRootAndAProvenanceAreContent() {
        Path archive =
                new TarBytes().file("provenance.yaml", "x").file("root/y", "1").to(dir.resolve("p.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.metadata().isPackaged()).isFalse();
        assertThat(unpacked.listing().entries())
                .extracting(TreeEntry::path)
                .containsExactly("provenance.yaml", "root", "root/y");
    }

    @Test
    void dependenciesCountWithoutAManifest() {
        Path archive = new TarBytes().file("deps.yaml", "x").file("root/y", "1").to(dir.resolve("p.tar"));

        Unpacked unpacked = TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        assertThat(unpacked.metadata().isPackaged()).isFalse();
        assertThat(unpacked.metadata().dependencies())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("x");
        assertThat(unpacked.listing().entries()).extracting(TreeEntry::path).containsExactly("root", "root/y");
    }

    @Test
    void extendedHeadersCount() throws IOException {
        Path archive = new TarBytes()
                .extended("path=" + "ä".repeat(90) + "/y", "mtime=1234567890.123456789")
                .file("ignored", "content")
                .to(dir.resolve("p.tar"));

        TreeSource.open(archive).unpack(target, UnpackOptions.DEFAULT);

        Path file = target.resolve("root").resolve("ä".repeat(90)).resolve("y");
        assertThat(file).hasContent("content");
        assertThat(Files.getLastModifiedTime(file))
                .isEqualTo(FileTime.from(Instant.ofEpochSecond(1234567890, 123456789)));
    }

    private void archive(String command) throws Exception {
        List<String> words = List.of(command.split(" ", -1));
        boolean installed = java.util.Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, words.get(0))));
        assumeTrue(installed, words.get(0) + " is not installed");
        Process process = new ProcessBuilder(words)
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static String sha256(Path file) throws IOException {
        return java.util.HexFormat.of().formatHex(Sha256.start().digest(Files.readAllBytes(file)));
    }
}
