package dev.axiom.zfs;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.axiom.zfs.ZfsLibraries.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The machine's own libraries, with a module and a device that are not ZFS's: enough for all that asks no kernel. */
final class TestLibraries {
    private TestLibraries() {}

    /** Skips the test where there are none. */
    static ZfsLibraries loadOrSkip() {
        try {
            Path module = Files.createTempDirectory("module");
            ZfsLibraries loaded = ZfsLibraries.load(new Places(folders(), module, Path.of("/dev/null")));
            Files.delete(module);
            return loaded;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The folder with libzfs; skips the test where there is none. */
    static java.util.List<Path> folders() {
        Optional<Path> folder = Places.usual().libraries().stream()
                .filter(each -> Files.exists(each.resolve("libzfs.so.4"))
                        || Files.exists(each.resolve("libzfs.so.6"))
                        || Files.exists(each.resolve("libzfs.so.7")))
                .findFirst();
        return java.util.List.of(
                folder.orElseGet(() -> abort("no libzfs here: apt-get install libzfs4linux (contrib)")));
    }
}
