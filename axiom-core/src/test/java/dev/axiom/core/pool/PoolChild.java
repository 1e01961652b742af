package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.posix.POSIXFactory;

/** What the child processes of {@link DirectoryPoolProcessTest} do: a task's name, the pool's folder, its arguments. */
final class PoolChild {
    static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
    static final HoldTag TAG = new HoldTag("profile:child:1");
    static final List<DatasetName> OLD = List.of(new DatasetName("store/old1"), new DatasetName("store/old2"));
    static final DatasetName NEW = new DatasetName("store/new");
    static final DatasetName SAME = new DatasetName("store/same");

    private PoolChild() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "setup" -> setup(place, arguments[2]);
            case "stop" -> stopAt(PausePoint.valueOf(arguments[2]), place);
            case "protect" -> protect(place);
            case "become" -> become(place);
            case "unprivileged" -> unprivileged(place);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Makes or opens the pool, publishes one dataset of its own and one that all others publish too. */
    private static void setup(Path place, String number) throws Exception {
        try (Pool pool = DirectoryPool.create(place);
                Lease lease = pool.lease("setup " + number)) {
            publish(lease, new DatasetName("store/own" + number));
            try {
                publish(lease, SAME);
            } catch (DatasetExistsException there) {
                lease.protect(List.of(SAME));
            }
            if (!Files.readString(lease.open(SAME).resolve("content")).equals("store/same")) {
                throw new AssertionError("what others published is not whole");
            }
        }
    }

    static void publish(Lease lease, DatasetName name) throws Exception {
        try (Staging staging = lease.stage()) {
            Files.writeString(staging.path().resolve("content"), name.value());
            staging.seal(Map.of("name", name.value()), 1);
            staging.publish(name);
        }
    }

    /** Comes by every pause point, and stays at one. */
    private static void stopAt(PausePoint point, Path place) throws Exception {
        Pool pool = DirectoryPool.open(place, reached -> {
            if (reached == point) {
                ChildJvm.sayAndHang("at " + point);
            }
        });
        pool.recover();
        Lease lease = pool.lease("a doomed command");
        publish(lease, NEW);
        pool.hold(TAG, OLD);
        pool.release(TAG, OLD);
        pool.markDead(OLD, SINCE);
        pool.destroyUnheld(
                lease,
                OLD.stream()
                        .map(name -> new Condemned(name, Optional.of(SINCE)))
                        .toList());
    }

    private static void protect(Path place) throws Exception {
        Pool pool = DirectoryPool.open(place);
        Lease lease = pool.lease("a doomed reader");
        lease.protect(OLD);
        Files.writeString(lease.stage().path().resolve("content"), "never published");
        ChildJvm.sayAndHang("ready");
    }

    /** Hands its lease on to the program that it becomes. */
    private static void become(Path place) {
        Lease lease = DirectoryPool.open(place).lease("axiom env run");
        lease.protect(OLD);
        lease.inherit();
        POSIXFactory.getNativePOSIX().execv("/bin/sh", new String[] {"sh", "-c", "echo ready; exec sleep 1000"});
        throw new AssertionError("execv failed");
    }

    /** What mode bits keep from everybody but root. */
    private static void unprivileged(Path place) throws Exception {
        Path folder = Files.createTempDirectory(place, "pool");
        try (Pool pool = DirectoryPool.create(folder);
                Lease lease = pool.lease("unprivileged")) {
            closedTreesGo(pool, lease, folder);
            unreadableHoldsAreNotNone(pool, lease, folder);
        }
    }

    private static void closedTreesGo(Pool pool, Lease lease, Path folder) throws Exception {
        DatasetName name = new DatasetName("store/closed");
        try (Lease publisher = pool.lease("publisher");
                Staging staging = publisher.stage();
                Staging dropped = publisher.stage()) {
            fillWithClosedFolders(staging.path());
            fillWithClosedFolders(dropped.path());
            staging.seal(Map.of(), 1);
            staging.publish(name);
        }
        assertThat(pool.destroyUnheld(lease, List.of(new Condemned(name, Optional.empty()))))
                .containsExactly(Destruction.destroyed(name, 1));
        assertThat(folder.resolve("trash")).isEmptyDirectory();
        assertThat(folder.resolve("staging")).isEmptyDirectory();
    }

    private static void fillWithClosedFolders(Path root) throws Exception {
        for (String mode : List.of("r-xr-xr-x", "---------", "--x------", "-w-------", "r--------")) {
            Path folder = Files.createDirectories(root.resolve("mode " + mode + "/below"));
            Files.writeString(folder.resolve("file"), "x");
            for (String sibling : List.of("a", "b", "c")) {
                Path closed = Files.createDirectory(folder.resolveSibling(sibling));
                Files.writeString(closed.resolve("file"), "x");
                Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
            }
            Files.setPosixFilePermissions(folder.resolve("file"), PosixFilePermissions.fromString("r--r--r--"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            Files.setPosixFilePermissions(root.resolve("mode " + mode), PosixFilePermissions.fromString(mode));
        }
    }

    private static void unreadableHoldsAreNotNone(Pool pool, Lease lease, Path folder) throws Exception {
        publish(lease, NEW);
        pool.hold(TAG, List.of(NEW));
        lease.close();
        Path holds = folder.resolve("store/new/.pool/holds");
        Files.setPosixFilePermissions(holds, PosixFilePermissions.fromString("---------"));
        try (Lease collector = pool.lease("collector")) {
            assertThat(pool.destroyUnheld(collector, List.of(new Condemned(NEW, Optional.empty()))))
                    .extracting(Destruction::outcome)
                    .containsExactly(Outcome.FAILED);
        }
        assertThat(folder.resolve("store/new/content")).exists();
        Files.setPosixFilePermissions(holds, PosixFilePermissions.fromString("rwx------"));
    }
}
