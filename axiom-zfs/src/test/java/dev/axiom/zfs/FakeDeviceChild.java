package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.testing.Race;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What {@link FakeDeviceTest} runs where {@code /dev/zfs} is a null device. */
final class FakeDeviceChild {
    private FakeDeviceChild() {}

    public static void main(String[] arguments) throws Exception {
        Set<ThreadSafeZfs> instances = new HashSet<>(Race.results(64, number -> ThreadSafeZfs.instance()));
        assertThat(instances).hasSize(1);
        ThreadSafeZfs zfs = ThreadSafeZfs.instance();
        assertThat(zfs.isValidName("tank/axiom")).isTrue();
        assertThat(zfs.isValidName("tank/axiom+")).isFalse();
        refuses(() -> zfs.read("tank/x", ThreadSafeZfs.FILESYSTEM), "tank/x");
        refuses(() -> zfs.read("tank/x y@", ThreadSafeZfs.SNAPSHOT), "tank/x y@");
        refuses(() -> zfs.children("tank"), "tank");
        refuses(() -> zfs.set("tank", ThreadSafeZfs.FILESYSTEM, "axiom:x", "y"), "tank");
        changes(zfs.core());
        Race.run(8, number -> {
            for (int i = 0; i < 100; i++) {
                changes(zfs.core());
            }
        });
        System.out.println("all calls came back");
    }

    /** A null device knows none of ZFS's calls: ENOTTY. */
    private static void changes(ZfsCore core) {
        String device = "not the device of a ZFS module";
        assertThat(core.exists("tank/x")).isFalse();
        refuses(() -> core.create("tank/x", Map.of()), "tank/x", device);
        refuses(() -> core.create("tank/x", Map.of("readonly", 1L, "mountpoint", "none")), "tank/x", device);
        refuses(() -> core.rename("tank/x", "tank/y"), "tank/x", "tank/y", device);
        refuses(() -> core.destroy("tank/x"), "tank/x", device);
        refuses(() -> core.snapshot("tank/x@s", Map.of("axiom:a", "b")), "tank/x@s", device);
        refuses(() -> core.hold(List.of("tank/x@s"), "pin:a", Optional.empty()), "tank/x@s", device);
        refuses(() -> core.release(List.of("tank/x@s", "tank/y@s"), "pin:a"), "tank/x@s and 1 more", device);
        refuses(() -> core.holds("tank/x@s"), "tank/x@s", device);
        try (NvList none = core.newList()) {
            refuses(() -> core.run("tank", ZfsProgram.MARKED, none), "tank", device);
            refuses(() -> core.run("tank", ZfsProgram.DESTROY, none), "tank", device);
        }
        assertThat(core.hold(List.of(), "pin:a", Optional.empty())).isEmpty();
    }

    private static void refuses(ThrowingCallable call, String... words) {
        assertThatExceptionOfType(AxiomException.class).isThrownBy(call).withMessageContainingAll(words);
    }
}
