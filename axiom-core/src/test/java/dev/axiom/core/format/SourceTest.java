package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    private final Path folder;

    SourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("deps.yaml"), DependenciesCodec.write(Dependencies.NONE));
        assertThat(DependenciesCodec.read(Source.userFile(file))).isEqualTo(Dependencies.NONE);
        assertThat(DependenciesCodec.read(Source.storeFile(file))).isEqualTo(Dependencies.NONE);
        assertThat(Source.storeFile(file).name()).isEqualTo(file.toString());
    }

    @Test
    void aMissingFileIsNotFound() {
        Path file = folder.resolve("none.yaml");
        assertFails(() -> Source.userFile(file), ErrorCode.NOT_FOUND, file + " does not exist");
        assertFails(() -> Source.storeFile(file), ErrorCode.NOT_FOUND, file + " does not exist");
    }

    @Test
    void whatCannotBeReadIsCorruptIfAxiomWroteIt() {
        assertFails(() -> Source.userFile(folder), ErrorCode.UNAVAILABLE, "cannot read " + folder + ": Is a directory");
        assertFails(() -> Source.storeFile(folder), ErrorCode.CORRUPT, "cannot read " + folder + ": Is a directory");
    }

    @Test
    void aHugeFileIsNotTakenIntoMemory() throws IOException {
        Path file = folder.resolve("huge.yaml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        assertThatThrownBy(() -> DependenciesCodec.read(Source.userFile(file)))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ":1:1: the document is larger than 1 MiB");
        assertThatThrownBy(() -> DependenciesCodec.read(Source.storeFile(file)))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ":1:1: the document is larger than 16 MiB");
    }

    @Test
    void theEndLineIsAskedOfTheStoreOnly() {
        String text = "dependencies: []\n";
        assertThat(DependenciesCodec.read(Source.ofUser("d", text))).isEqualTo(Dependencies.NONE);
        assertThat(DependenciesCodec.read(Source.ofUser("d", text + "# end crc32c=00000000\n")))
                .isEqualTo(Dependencies.NONE);
        assertThatThrownBy(() -> DependenciesCodec.read(Source.ofStore("d", text)))
                .hasMessage("d:2:1: the document is cut off: its last line, '# end crc32c=…', is missing");
        assertThatThrownBy(() -> DependenciesCodec.read(Source.ofStore("d", text + "# end crc32c=00000000\n")))
                .hasMessage("d:2:1: the document is not as Axiom wrote it: its checksum differs");
        assertThatThrownBy(() ->
                        DependenciesCodec.read(Source.ofStore("d", DependenciesCodec.write(Dependencies.NONE) + "\n")))
                .hasMessage("d:4:1: the document is cut off: its last line, '# end crc32c=…', is missing");
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
        AxiomException e = catchThrowableOfType(AxiomException.class, call);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e).hasMessage(message);
    }
}
