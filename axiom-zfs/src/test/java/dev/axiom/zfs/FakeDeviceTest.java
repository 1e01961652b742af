package dev.axiom.zfs;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.os.Posix;
import dev.axiom.core.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The whole binding short of effects: a process that sees a null device as {@code /dev/zfs} and an empty folder as the
 * module. There libzfs starts, and every call comes back with an error instead of an abort.
 */
class FakeDeviceTest {
    private static final String WORLD =
            """
            set -e
            mount -t tmpfs fake /sys/module
            mkdir -p /sys/module/zfs/properties.dataset
            cd /sys/module/zfs/properties.dataset
            mkdir used referenced mountpoint readonly type name
            mount -t tmpfs fake /dev
            mknod -m 666 /dev/zfs c 1 3
            mknod -m 666 /dev/null c 1 3
            mknod -m 666 /dev/random c 1 8
            mknod -m 666 /dev/urandom c 1 9
            cd /
            exec "$@"
            """;

    @Test
    void everyCallEndsInAnError() throws Exception {
        assumeTrue(Posix.isRoot(), "only root may make devices in a mount namespace of its own");
        assumeFalse(Files.exists(Path.of("/sys/module/zfs")), "this machine has ZFS");
        TestLibraries.folders();
        List<String> prefix = List.of("unshare", "-m", "sh", "-c", WORLD, "sh");
        try (ChildJvm child = ChildJvm.start(prefix, ChildJvm.classPath(), FakeDeviceChild.class)) {
            child.await("all calls came back");
            child.succeed();
        }
    }
}
