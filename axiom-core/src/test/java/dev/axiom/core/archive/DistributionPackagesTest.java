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
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
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
            Provides: greeter (= 2), greeter (= 3), salute
            Description: says hello
             and more
            """;

    private final Path folder;
    private Path target = Path.of("");

    DistributionPackagesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Debian's policy manual, 5.6.13. */
    @Test
    void aDotAloneIsAnEmptyLineOfADescription() throws IOException {
        String control = CONTROL + " .\n Its settings:\n .hello\n ..\n .\n";
        assertThat(manifest(unpack(debian(control, "hello"))).about().description())
                .isEqualTo("says hello\nand more\n\nIts settings:\n.hello\n..\n");
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
        assertThat(manifest.relations().provides()).hasToString("[greeter@2, greeter@3, salute]");
        assertThat(manifest.relations().conflicts()).hasToString("[hello-traditional, libc6-x32.i386, old@debian:<2]");
        Dependencies needs = dependencies(unpacked);
        assertThat(needs.requirements())
                .extracting(Requirement::toString)
                .containsExactly(
                        "base.i386@debian:*",
                        "dpkg@debian:>1.17",
                        "libc6@debian:>=2.36,<3",
                        "perl@debian:* | raku@debian:=1.0-1");
        assertThat(needs.optional()).hasToString("[less@debian:*]");
    }

    /** A profile has packages of one processor, so that nothing of Debian's meets such a need; it must not look forgotten. */
    @Test
    void aNeedOfAnotherProcessorIsSaid() throws IOException {
        assertThat(unpack(debian(CONTROL, "hello")).remarks())
                .singleElement()
                .asString()
                .startsWith("it needs packages of another processor (base.i386), which a profile cannot have");
        String own = CONTROL.replace(", base:i386", ", base:amd64, tool:native");
        Unpacked unpacked = unpack(debian(own, "hello"));
        assertThat(unpacked.remarks()).isEmpty();
        assertThat(dependencies(unpacked).requirements())
                .extracting(need -> need.name().value())
                .containsExactly("base", "dpkg", "libc6", "perl", "tool");
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
        assertThat(dependencies(unpacked).requirements()).hasToString("[indexinfo@freebsd:*]");
        assertThat(unpacked.scripts()).containsExactly("post-install");
        assertThat(target.resolve("root/usr/local/bin/hello")).hasContent("hello");
    }

    /**
     * All that pkg-create(8) of FreeBSD 14 writes: its fields and their order, names from the root, owners, a hard link and
     * an absolute link. Made here, because no real package could be fetched.
     */
    @Test
    void aFreebsdPackageIsReadAsPkgCreateWritesIt() throws IOException {
        String hash = "1$" + "0".repeat(64);
        String json =
                """
                {"name":"zsh","origin":"shells/zsh","version":"5.9_4","comment":"Z shell","maintainer":"bapt@FreeBSD.org",\
                "www":"https:\\/\\/www.zsh.org\\/","abi":"FreeBSD:14:amd64","arch":"freebsd:14:x86:64","prefix":"/usr/local",\
                "flatsize":16131846,"licenselogic":"single","licenses":["ZSH"],"desc":"Zsh is a shell.\\n\\nWWW: none",\
                "deps":{"indexinfo":{"origin":"print/indexinfo","version":"0.3.1"},"pcre2":{"origin":"devel/pcre2",\
                "version":"10.42"}},"categories":["shells"],"shlibs_required":["libpcre2-8.so.0"],"options":{"DOCS":"on"},\
                "annotations":{"FreeBSD_version":"1400097","cpe":"cpe:2.3:a:zsh:zsh:5.9"},\
                "files":{"/usr/local/bin/zsh":"%1$s","/usr/local/bin/zsh-5.9":"%1$s"},"config":[],\
                "directories":{"/usr/local/share/zsh/site-functions":"y"},\
                "scripts":{"post-install":"grep -q zsh ${PKG_ROOTDIR}/etc/shells","pre-deinstall":"exit 1"},\
                "messages":[{"message":"A tab:\\t and \\"quotes\\".","type":"install"}]}
                """
                        .formatted(hash);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new ZstdOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            DebianBytes.put(tar, "+COMPACT_MANIFEST", json.replaceAll("\"files\".*", "\"x\":1}"));
            DebianBytes.put(tar, "+MANIFEST", json);
            DebianBytes.put(tar, "/usr/local/bin/zsh", "program");
            link(tar, "/usr/local/bin/zsh-5.9", TarConstants.LF_LINK, "/usr/local/bin/zsh");
            link(tar, "/usr/local/etc/zshrc", TarConstants.LF_SYMLINK, "/usr/local/share/zsh/zshrc");
        }
        Unpacked unpacked = unpack(Files.write(folder.resolve("zsh-5.9_4.pkg"), bytes.toByteArray()));
        Manifest manifest = manifest(unpacked);
        assertThat(manifest.name() + " " + manifest.version()).isEqualTo("zsh 5.9_4");
        assertThat(manifest.about().description()).isEqualTo("Zsh is a shell.\n\nWWW: none");
        assertThat(manifest.about().license()).isEqualTo("ZSH");
        assertThat(manifest.about().tags()).containsExactly("shells");
        assertThat(dependencies(unpacked).requirements()).hasToString("[indexinfo@freebsd:*, pcre2@freebsd:*]");
        assertThat(unpacked.scripts()).containsExactly("post-install", "pre-deinstall");
        Path root = target.resolve("root/usr/local");
        assertThat(root.resolve("bin/zsh-5.9")).hasContent("program");
        assertThat(Files.readSymbolicLink(root.resolve("etc/zshrc"))).hasToString("../../../usr/local/share/zsh/zshrc");
    }

    private static void link(TarArchiveOutputStream tar, String name, byte kind, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(to);
        entry.setUserName("root");
        entry.setGroupName("wheel");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
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
                .hasToString("[less@debian:* | python3@debian:<3.6 | python3@debian:>3.7]");
    }

    /** Joining them one by one took forty seconds of the processor for 500; more than can be written down is refused. */
    @Test
    void hundredsOfBoundsOnOneNameAreNoTrouble() throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Unpacked many = unpack(debian(CONTROL + "Replaces: " + bounds(500) + "\n", "hello"));
        assertThat(manifest(many).relations().replaces().toString()).startsWith("[hub@debian:=0 || =2 || =4");
        Path tooMany = debian(CONTROL + "Replaces: " + bounds(10_000) + "\n", "hello");
        assertThatThrownBy(() -> unpack(tooMany)).hasMessageContaining("a constraint may have 4096 characters");
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(20));
    }

    private static String bounds(int count) {
        return IntStream.range(0, count).mapToObj(i -> "hub (= " + 2 * i + ")").collect(Collectors.joining(", "));
    }

    /** Of several words on one name the narrowest counts for a need, the widest for what must not be there. */
    @Test
    void wordsOnOneNameAreJoined() throws IOException {
        String control =
                """
                Package: a
                Version: 1
                Depends: b, b (>= 1), b (<< 3), b
                Conflicts: c (<< 1), c (>= 2)
                Breaks: d (= 1), d
                Recommends: e, e
                """;
        Unpacked unpacked = unpack(debian(control, "hello"));
        assertThat(dependencies(unpacked).requirements()).hasToString("[b@debian:>=1,<3]");
        assertThat(dependencies(unpacked).optional()).hasToString("[e@debian:*]");
        assertThat(manifest(unpacked).relations().conflicts()).hasToString("[c@debian:<1 || >=2, d]");
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
