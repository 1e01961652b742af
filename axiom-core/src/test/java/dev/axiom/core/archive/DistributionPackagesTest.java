package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.VersionScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of Debian and FreeBSD, made here as their formats say. */
final class DistributionPackagesTest {
    private static final String CONTROL =
            """
            Package: hello
            Version: 1:2.10-3+b1
            Architecture: amd64
            Maintainer: Jane Doe <jane@example.org>
            Depends: libc6 (>= 2.36), libc6 (<< 3), perl:any | raku (= 1.0-1), base:i386
            Pre-Depends: dpkg (>> 1.17)
            Recommends: less
            Conflicts: hello-traditional, libc6-x32:i386
            Breaks: old (<< 2)
            Provides: greeter (= 2), salute
            Description: says hello
             and more
            """;

    private final Path folder;
    private Path target = Path.of("");

    DistributionPackagesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aDebianPackageSaysWhatItIs() throws IOException {
        Unpacked unpacked = unpack(debian(CONTROL, "hello"));
        Manifest manifest = manifest(unpacked);
        assertThat(manifest.name()).hasToString("hello");
        assertThat(manifest.version()).hasToString("1:2.10-3+b1");
        assertThat(manifest.version().scheme()).isEqualTo(VersionScheme.DEBIAN);
        assertThat(manifest.platform()).isEqualTo(new Platform("linux", "amd64"));
        assertThat(manifest.about().description()).isEqualTo("says hello\nand more");
        assertThat(manifest.relations().provides()).hasToString("[greeter@2, salute]");
        assertThat(manifest.relations().conflicts()).hasToString("[hello-traditional, libc6-x32.i386, old@debian:<2]");
        Dependencies needs = dependencies(unpacked);
        assertThat(needs.requirements())
                .extracting(Requirement::toString)
                .containsExactly(
                        "base.i386", "dpkg@debian:>1.17", "libc6@debian:>=2.36,<3", "perl | raku@debian:=1.0-1");
        assertThat(needs.optional()).hasToString("[less]");
    }

    @Test
    void aDebianPackagesFilesStandAtTheTop() throws IOException {
        unpack(debian(CONTROL, "hello"));
        Path root = target.resolve("root");
        assertThat(root.resolve("usr/bin/hello")).hasContent("hello");
        assertThat(Files.readSymbolicLink(root.resolve("usr/bin/hi"))).hasToString("../../etc/alternatives/hi");
    }

    /** They would change the machine; a package cannot. */
    @Test
    void maintainerScriptsAreKeptAndCannotRun() throws IOException {
        Unpacked unpacked = unpack(debian(CONTROL, "hello"));
        assertThat(unpacked.scripts()).containsExactly("postinst");
        Path script = target.resolve("root/usr/share/axiom/maintainer-scripts/hello/postinst");
        assertThat(script).hasContent("#!/bin/sh\nexit 1\n");
        assertThat(Files.isExecutable(script)).isFalse();
    }

    @Test
    void aFreebsdPackageSaysWhatItIs() throws IOException {
        String json =
                "{\"name\":\"hello\",\"version\":\"2.12.1_1,1\",\"comment\":\"says hello\",\"abi\":\"FreeBSD:14:amd64\","
                        + "\"www\":\"https:\\/\\/example.org\\/\",\"licenses\":[\"GPLv3\"],\"deps\":{\"indexinfo\":"
                        + "{\"origin\":\"print/indexinfo\",\"version\":\"0.3.1\"}},\"scripts\":{\"post-install\":\"exit 1\"}}";
        Path file = Files.write(folder.resolve("hello-2.12.1_1,1.pkg"), freebsd(json));
        Unpacked unpacked = unpack(file);
        Manifest manifest = manifest(unpacked);
        assertThat(manifest.version()).hasToString("2.12.1_1,1");
        assertThat(manifest.version().scheme()).isEqualTo(VersionScheme.FREEBSD);
        assertThat(manifest.platform()).isEqualTo(new Platform("freebsd", "amd64"));
        assertThat(manifest.about().homepage()).isEqualTo("https://example.org/");
        assertThat(dependencies(unpacked).requirements()).hasToString("[indexinfo]");
        assertThat(unpacked.scripts()).containsExactly("post-install");
        assertThat(target.resolve("root/usr/local/bin/hello")).hasContent("hello");
    }

    /** A cut one would not say all, and a longer one could fill the memory. */
    @Test
    void aFreebsdManifestThatIsTooLongIsRefused() throws IOException {
        String json = "{\"name\":\"hello\",\"version\":\"1\"}";
        byte[] bytes = freebsd(json + " ".repeat(Metadata.LIMIT - json.length()));
        assertThat(manifest(unpack(Files.write(folder.resolve("a.pkg"), bytes))).name())
                .hasToString("hello");
        Path longer = Files.write(folder.resolve("b.pkg"), freebsd(json + " ".repeat(Metadata.LIMIT)));
        assertThatThrownBy(() -> unpack(longer)).hasMessageContaining("b.pkg: its +MANIFEST is too long");
    }

    /** Debian's python3-argcomplete does: versions below a bound or above another. */
    @Test
    void alternativesMayNameOnePackageTwice() throws IOException {
        String control = CONTROL.replace("less\n", "less | python3 (<< 3.6) | python3 (>> 3.7) | python3 (<< 3.6)\n");
        assertThat(dependencies(unpack(debian(control, "hello"))).optional())
                .hasToString("[less | python3@debian:<3.6 | python3@debian:>3.7]");
    }

    @Test
    void whatIsNoPackageIsRefusedWithTheReason() throws IOException {
        assertThatThrownBy(() -> unpack(debian("Package: hello\n", "hello")))
                .hasMessageContaining("'version' is missing");
        assertThatThrownBy(() -> unpack(debian(CONTROL.replace("(>= 2.36)", "(~ 2)"), "hello")))
                .hasMessageContaining("'libc6 (~ 2)' does not name a package as Debian does");
        Path plain = Files.write(folder.resolve("x.deb"), "!<arch>\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> unpack(plain)).hasMessageContaining("it is no Debian package: a part is missing");
        Path cut = folder.resolve("cut.deb");
        byte[] whole = Files.readAllBytes(debian(CONTROL, "hello"));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> unpack(cut)).hasMessageContaining("cut.deb");
    }

    private static byte[] freebsd(String manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new ZstdOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            DebianBytes.put(tar, "+COMPACT_MANIFEST", "{}");
            DebianBytes.put(tar, "+MANIFEST", manifest);
            DebianBytes.put(tar, "/usr/local/bin/hello", "hello");
        }
        return bytes.toByteArray();
    }

    private Path debian(String control, String content) throws IOException {
        return Files.write(folder.resolve("hello.deb"), DebianBytes.of(control, content));
    }

    private Unpacked unpack(Path file) throws IOException {
        target = Files.createTempDirectory(folder, "out");
        return TreeSource.open(file).unpack(target, UnpackOptions.DEFAULT);
    }

    private static Manifest manifest(Unpacked unpacked) {
        return ManifestCodec.read(Source.ofUser(
                "manifest.yaml", Objects.requireNonNull(unpacked.metadata().manifest())));
    }

    private static Dependencies dependencies(Unpacked unpacked) {
        return DependenciesCodec.read(Source.ofUser(
                "deps.yaml", Objects.requireNonNull(unpacked.metadata().dependencies())));
    }
}
