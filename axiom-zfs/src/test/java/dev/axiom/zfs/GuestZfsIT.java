package dev.axiom.zfs;

import static dev.axiom.zfs.ScratchPool.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guest itself: what the other tests take for granted about its ZFS. */
final class GuestZfsIT {
    @Test
    void programsAndModuleAreOfOneVersion() throws Exception {
        String module = Files.readString(Path.of("/sys/module/zfs/version")).strip();
        assertThat(run("zfs", "version").lines()).containsExactly("zfs-" + module, "zfs-kmod-" + module);
    }

    @Test
    void poolOnAFileHoldsASnapshot(@TempDir Path place) throws Exception {
        try (ScratchPool pool = ScratchPool.create("guest")) {
            assertThat(run("zpool", "list", "-Ho", "health", pool.name())).isEqualTo("ONLINE");
            String dataset = pool.name() + "/data";
            run("zfs", "create", dataset);
            run("mount", "-t", "zfs", "-o", "zfsutil", dataset, place.toString());
            Files.writeString(place.resolve("greeting"), "hello");
            run("umount", place.toString());
            String snapshot = dataset + "@sealed";
            run("zfs", "snapshot", snapshot);
            run("zfs", "hold", "test", snapshot);
            assertThatThrownBy(() -> run("zfs", "destroy", snapshot))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot destroy snapshot");
            run("zfs", "release", "test", snapshot);
            run("zfs", "destroy", snapshot);
            assertThat(run("zfs", "list", "-Hro", "name", "-t", "all", pool.name())
                            .lines())
                    .containsExactly(pool.name(), dataset);
        }
        assertThat(run("zpool", "list", "-H")).isEmpty();
    }
}
