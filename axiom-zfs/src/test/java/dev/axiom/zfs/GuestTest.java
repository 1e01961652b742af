package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The guest of {@code native/zfs-guest} itself: what the tests that run in it take for granted. */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to work in; ./check --zfs does")
class GuestTest {
    private final String dataset = System.getenv("AXIOM_TEST_DATASET") + "/guest";

    @Test
    void programsAndModuleAreOfOneVersion() throws Exception {
        String module = Files.readString(Path.of("/sys/module/zfs/version")).strip();
        assertThat(run(0, "zfs", "version").lines()).containsExactly("zfs-" + module, "zfs-kmod-" + module);
    }

    @Test
    void heldSnapshotStays(@TempDir Path place) throws Exception {
        run(0, "zfs", "create", dataset);
        run(0, "mount", "-t", "zfs", "-o", "zfsutil", dataset, place.toString());
        Files.writeString(place.resolve("greeting"), "hello");
        run(0, "umount", place.toString());
        String snapshot = dataset + "@sealed";
        run(0, "zfs", "snapshot", snapshot);
        run(0, "zfs", "hold", "test", snapshot);
        assertThat(run(1, "zfs", "destroy", snapshot)).contains("cannot destroy snapshot " + snapshot);
        run(0, "zfs", "release", "test", snapshot);
        run(0, "zfs", "destroy", snapshot);
        assertThat(run(0, "zfs", "list", "-Hro", "name", "-t", "all", dataset)).isEqualTo(dataset);
        run(0, "zfs", "destroy", dataset);
    }

    /** Runs a command that must end with this status, and returns what it said, without the last line end. */
    private static String run(int status, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), said)
                .isEqualTo(status);
        return said;
    }
}
