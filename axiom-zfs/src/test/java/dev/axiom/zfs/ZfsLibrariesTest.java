package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.axiom.core.os.Posix;
import dev.axiom.zfs.ZfsLibraries.Places;
import dev.axiom.zfs.ZfsUnavailableException.Missing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is missing is one error that says so, at once, and calls nothing. */
class ZfsLibrariesTest {
    private static final Path DEVICE = Path.of("/dev/null");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path module;

    @BeforeEach
    void makeModule() throws Exception {
        module = Files.createDirectory(folder.resolve("module"));
    }

    private void expect(Missing missing, Places places, String... words) {
        assertTimeout(Duration.ofSeconds(5), () -> assertThatExceptionOfType(ZfsUnavailableException.class)
                .isThrownBy(() -> ZfsLibraries.load(places))
                .withMessageContainingAll(words)
                .satisfies(e -> assertThat(e.missing()).isEqualTo(missing))
                .satisfies(e -> assertThat(e.hint()).isNotBlank()));
    }

    @Test
    void noLibraryAtAll() {
        expect(Missing.LIBRARY, new Places(List.of(folder), module, DEVICE), "libzfs.so.7", folder.toString());
    }

    @Test
    void aLibzfsAlone() throws Exception {
        Files.createFile(folder.resolve("libzfs.so.6"));
        expect(Missing.LIBRARY, new Places(List.of(folder), module, DEVICE), "libzfs_core.so.3", folder.toString());
    }

    @Test
    void filesThatAreNoLibraries() throws Exception {
        for (String name : List.of("libzfs.so.6", "libzfs_core.so.3", "libnvpair.so.3")) {
            Files.writeString(folder.resolve(name), "text");
        }
        expect(Missing.LIBRARY, new Places(List.of(folder), module, DEVICE), "cannot load", "libnvpair.so.3");
    }

    @Test
    void aLibraryWithoutItsFunctions() throws Exception {
        Path real = TestLibraries.folders().get(0);
        Files.createSymbolicLink(folder.resolve("libnvpair.so.3"), real.resolve("libnvpair.so.3"));
        Files.createSymbolicLink(folder.resolve("libzfs_core.so.3"), real.resolve("libnvpair.so.3"));
        Files.createSymbolicLink(folder.resolve("libzfs.so.4"), real.resolve("libnvpair.so.3"));
        expect(
                Missing.SYMBOL,
                new Places(List.of(folder), module, DEVICE),
                folder.resolve("libzfs_core.so.3").toString(),
                "lzc_hold",
                "OpenZFS 2.1");
    }

    @Test
    void noModule() {
        Path none = folder.resolve("none");
        expect(Missing.MODULE, new Places(TestLibraries.folders(), none, none), "module is not loaded");
    }

    @Test
    void noDevice() {
        Path none = folder.resolve("none");
        expect(Missing.DEVICE, new Places(TestLibraries.folders(), module, none), none.toString(), "missing");
    }

    @Test
    void aDeviceThatThisUserMayNotOpen() throws Exception {
        assumeFalse(Posix.isRoot(), "root may open everything");
        Path device = Files.createFile(folder.resolve("zfs"));
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("r--------"));
        expect(Missing.DEVICE, new Places(TestLibraries.folders(), module, device), "may not open");
    }

    @Test
    void librariesOfAnotherRelease() throws Exception {
        Files.writeString(module.resolve("version"), "0.8.6-1\n");
        expect(Missing.VERSION, new Places(TestLibraries.folders(), module, DEVICE), "0.8", "libzfs.so");
    }

    @Test
    void librariesOfTheSameRelease() throws Exception {
        ZfsVersion own = TestLibraries.loadOrSkip().version();
        Files.writeString(module.resolve("version"), own + ".7-1\n");
        ZfsLibraries loaded = ZfsLibraries.load(new Places(TestLibraries.folders(), module, DEVICE));
        assertThat(loaded.version()).isEqualTo(own);
        assertThat(loaded.iteration().isPresent()).isEqualTo(!own.equals(new ZfsVersion(2, 1)));
    }

    @Test
    void theErrorIsOnesOwn() {
        ZfsUnavailableException first = new ZfsUnavailableException(Missing.MODULE, "no module", "load it");
        ZfsUnavailableException again = first.again();
        assertThat(again).isNotSameAs(first).hasMessage("no module").hasCause(first);
        assertThat(again.missing()).isEqualTo(Missing.MODULE);
        assertThat(again.hint()).isEqualTo("load it");
    }
}
