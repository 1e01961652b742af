package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pkg would read as another package is none here either. */
final class FreebsdSourceTest {
    private static final String GOOD = "{\"name\":\"good\",\"version\":\"1\"}";
    private static final String EVIL = GOOD.replace("good", "evil");

    private final Path folder;

    FreebsdSourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aSecondManifestIsRefused() throws IOException {
        assertRefused("+MANIFEST", GOOD, "+MANIFEST", EVIL, "/a", "a").contains("it has two of +MANIFEST");
        assertRefused("+COMPACT_MANIFEST", GOOD, "+COMPACT_MANIFEST", EVIL, "+MANIFEST", GOOD, "/a", "a")
                .contains("it has two of +COMPACT_MANIFEST");
    }

    /** pkg reads what it is up to the first file. */
    @Test
    void whatSaysWhatItIsStandsBeforeTheFiles() throws IOException {
        assertRefused("/a", "a", "+MANIFEST", GOOD).contains("+MANIFEST stands behind a file");
        assertRefused("+MANIFEST", GOOD, "/a", "a", "+MANIFEST", EVIL).contains("+MANIFEST stands behind a file");
        assertRefused("+COMPACT_MANIFEST", GOOD, "/a", "a").contains("it is no FreeBSD package: it has no +MANIFEST");
    }

    /** The library would log a warning to the standard error, and take the last. */
    @Test
    void aFieldThatStandsTwiceIsRefusedAndNobodyElseSaysSo() throws IOException {
        Logger logger = Logger.getLogger("org.yaml.snakeyaml");
        Records records = new Records();
        logger.addHandler(records);
        try {
            assertRefused("+MANIFEST", "{\"name\":\"good\",\"version\":\"1\",\"name\":\"evil\"}")
                    .contains("+MANIFEST: ")
                    .contains("duplicate key name");
            assertRefused("+MANIFEST", "{\"name\":\"good\",\"version\":\"1\",\"n\\u0061me\":\"evil\"}")
                    .contains("duplicate key name");
            assertRefused("+MANIFEST", "{\"name\":\"good\",\"version\":\"1\",\"deps\":{\"a\":{},\"a\":{}}}")
                    .contains("duplicate key a");
        } finally {
            logger.removeHandler(records);
        }
        assertThat(records.messages).isEmpty();
    }

    /** What others log. */
    private static final class Records extends Handler {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord one) {
            messages.add(one.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** pkg-create(8) has globs there; a name with a version's pattern behind it stands for the whole package. */
    @Test
    void whatIsNoNameOfAPackageIsLeftOutAndSaidToBe() throws IOException {
        String json = GOOD.replace(
                "}",
                ",\"conflicts\":[\"other-[0-9]*\",\"php8[0-9]-*\",\"plain\",\"x\\u001b\"],"
                        + "\"provides\":[\"php-ext(81)\",\"service\"]}");
        Unpacked unpacked = unpack(write("+MANIFEST", json));
        assertThat(manifest(unpacked).relations().conflicts()).hasToString("[other, plain]");
        assertThat(manifest(unpacked).relations().provides()).hasToString("[service]");
        assertThat(unpacked.remarks())
                .containsExactly("what is no package's name is left out of its manifest: conflicts php8[0-9]-*,"
                        + " conflicts x\\u001b, provides php-ext(81)");
        assertThat(unpack(write("+MANIFEST", GOOD)).remarks()).isEmpty();
        String many = GOOD.replace("}", ",\"provides\":[" + "\"a(b)\",".repeat(1_000) + "\"c(d)\"]}");
        assertThat(unpack(write("+MANIFEST", many)).remarks())
                .singleElement()
                .asString()
                .endsWith("provides a(b), and 996 more");
    }

    @Test
    void theProcessorIsNamedByTheCommonWord() throws IOException {
        assertThat(platform("\"abi\":\"FreeBSD:14:aarch64\"")).isEqualTo(new Platform("freebsd", "arm64"));
        assertThat(platform("\"abi\":\"FreeBSD:14:amd64\",\"arch\":\"freebsd:14:x86:64\""))
                .isEqualTo(new Platform("freebsd", "amd64"));
        assertThat(platform("\"arch\":\"freebsd:14:x86:64\"")).isEqualTo(new Platform("freebsd", "amd64"));
        assertThat(platform("\"arch\":\"freebsd:14:x86:32\"")).isEqualTo(new Platform("freebsd", "i386"));
        assertThat(platform("\"abi\":\"FreeBSD:14:*\"")).isEqualTo(new Platform("freebsd", ""));
        assertThat(platform("\"abi\":\"*\"")).isEqualTo(Platform.ANY);
    }

    private Platform platform(String field) throws IOException {
        return manifest(unpack(write("+MANIFEST", GOOD.replace("}", "," + field + "}"))))
                .platform();
    }

    /** A need that nothing can meet must not be forgotten. */
    @Test
    void aNeedThatIsNoNameOfAPackageIsRefused() throws IOException {
        assertRefused("+MANIFEST", GOOD.replace("}", ",\"requires\":[\"php-ext(81)\"]}"))
                .contains("package name 'php-ext(81)' is not valid");
    }

    private AbstractStringAssert<?> assertRefused(String... namesAndTexts) throws IOException {
        Path file = write(namesAndTexts);
        AxiomException[] caught = new AxiomException[1];
        assertThatThrownBy(() -> unpack(file))
                .isInstanceOfSatisfying(AxiomException.class, refusal -> caught[0] = refusal);
        assertThat(caught[0].code()).isEqualTo(ErrorCode.INVALID);
        return assertThat(caught[0].getMessage()).startsWith("a.pkg: ");
    }

    private Unpacked unpack(Path file) throws IOException {
        Path target = Files.createTempDirectory(folder, "out");
        return TreeSource.open(file).unpack(target, UnpackOptions.DEFAULT);
    }

    private Path write(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(bytes))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                DebianBytes.put(tar, namesAndTexts[i], namesAndTexts[i + 1]);
            }
        }
        return Files.write(folder.resolve("a.pkg"), bytes.toByteArray());
    }

    private static Manifest manifest(Unpacked unpacked) {
        return ManifestCodec.read(Source.ofUser(
                "manifest.yaml", Objects.requireNonNull(unpacked.metadata().manifest())));
    }
}
