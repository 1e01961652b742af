package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator and a full disk may do to a pool on a real OpenZFS, and what becomes of it. */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsPoolMishapKernelTest {
    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final DatasetName X = new DatasetName("store/x");

    private final String root = System.getenv("AXIOM_TEST_DATASET") + "/mishap" + POOLS.incrementAndGet();
    private final ZfsNames names = new ZfsNames(root);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Pool pool;

    @BeforeEach
    void open() {
        pool = ZfsPools.create(root);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void publish(DatasetName name) throws IOException {
        try (Lease lease = pool.lease("publish")) {
            ZfsPoolKernelTest.publish(lease, name);
        }
    }

    private static Destruction destroy(Pool pool, DatasetName name) {
        try (Lease collector = pool.lease("collector")) {
            Optional<Instant> dead = pool.find(name).flatMap(Dataset::deadSince);
            return pool.destroyUnheld(collector, List.of(new Condemned(name, dead)))
                    .get(0);
        }
    }

    private static String run(String... command) throws Exception {
        return ZfsPoolKernelTest.run(command);
    }

    /** A mount that this process does not see, until it is closed. */
    private static final class ForeignMount implements AutoCloseable {
        private final Process process;

        ForeignMount(String dataset, Path point) throws IOException {
            process = new ProcessBuilder(
                            "unshare",
                            "-m",
                            "sh",
                            "-c",
                            "mount -i -t zfs -o ro \"$0\" \"$1\" && echo mounted && read end; umount \"$1\"",
                            dataset,
                            point.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            assertThat(said.readLine()).isEqualTo("mounted");
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }

    @Test
    void anAdministratorWhoTakesASealAwayIsTold() throws Exception {
        publish(X);
        run("zfs", "destroy", names.sealed(X));
        AxiomException failure = catchThrowableOfType(AxiomException.class, () -> publish(X));
        assertThat(failure).hasMessageContaining(names.filesystem(X));
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
        run("zfs", "destroy", names.filesystem(X));
        publish(X);
        ZfsPoolKernelTest.assertWhole(pool, X);
    }

    /** With room for a seal: what a container has mounted stays as it was. */
    @Test
    void whatOthersHaveMountedStaysSealed() throws Exception {
        publish(X);
        try (ForeignMount mount = new ForeignMount(names.filesystem(X), folder)) {
            assertThat(destroy(pool, X)).satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
                assertThat(result.reason()).contains("it is mounted");
            });
            ZfsPoolKernelTest.assertWhole(pool, X);
            assertThat(run("zfs", "get", "-Hpo", "value", ZfsNames.DOOMED, names.filesystem(X)))
                    .isEqualTo("-");
        }
        assertThat(destroy(pool, X).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void whatRootChangedIsNotSealedAnew() throws Exception {
        for (boolean permitted : List.of(true, false)) {
            publish(X);
            run("zfs", "set", "readonly=off", names.filesystem(X));
            run("mount", "-i", "-t", "zfs", names.filesystem(X), folder.toString());
            Files.writeString(folder.resolve("content"), "changed");
            run("umount", folder.toString());
            ThreadSafeZfs.instance().core().permitPrograms(permitted);
            try (ForeignMount mount = new ForeignMount(names.filesystem(X), folder)) {
                Destruction result = destroy(pool, X);
                assertThat(result.outcome()).as(result.reason()).isEqualTo(permitted ? Outcome.BUSY : Outcome.FAILED);
                assertThat(result.reason()).contains(permitted ? "it is mounted" : "changed since it was sealed");
                pool.recover();
            } finally {
                ThreadSafeZfs.instance().core().permitPrograms(true);
            }
            pool.recover();
            assertThat(pool.parents(ZfsNames.TRASH)).isEmpty();
            assertThat(destroy(pool, X).outcome()).isEqualTo(permitted ? Outcome.DESTROYED : Outcome.MISSING);
        }
    }

    @Test
    void whatAChildOrASnapshotByHandKeepsIsSealedAsBefore() throws Exception {
        publish(X);
        DatasetName other = ZfsNames.STORE.child("other");
        publish(other);
        Optional<Dataset> before = pool.find(X);
        run("zfs", "create", "-o", "mountpoint=none", names.filesystem(X) + "/child");
        assertThat(destroy(pool, X).reason()).contains(names.filesystem(X) + "/child");
        run("zfs", "destroy", names.filesystem(X) + "/child");
        run("zfs", "snapshot", names.filesystem(X) + "@by-hand", names.filesystem(other) + "@by-hand");
        try (Lease lease = pool.lease("collector")) {
            assertThat(pool.destroyUnheld(
                            lease, List.of(new Condemned(X, Optional.empty()), new Condemned(other, Optional.empty()))))
                    .extracting(Destruction::outcome)
                    .containsOnly(Outcome.BUSY);
        }
        assertThat(destroy(pool, X).reason()).contains("@by-hand");
        assertThat(pool.find(X)).isEqualTo(before);
        run("zfs", "destroy", names.filesystem(X) + "@by-hand");
        assertThat(destroy(pool, X).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    /** Who takes those regularly would have each dead package sealed anew by each collection. */
    @Test
    void aRecursiveSnapshotKeepsTheSealsThatWereGiven() throws Exception {
        publish(X);
        String guid = run("zfs", "get", "-Hpo", "value", "guid", names.sealed(X));
        String store = names.filesystem(ZfsNames.STORE);
        run("zfs", "snapshot", "-r", store + "@hourly");
        assertThat(destroy(pool, X).reason()).contains("@hourly");
        assertThat(run("zfs", "get", "-Hpo", "value", "guid", names.sealed(X))).isEqualTo(guid);
        run("zfs", "destroy", "-r", store + "@hourly");
        assertThat(destroy(pool, X)).satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.DESTROYED);
            assertThat(result.bytesFreed()).isPositive();
        });
    }

    /** A replicated pool comes back with every property received, which is none of its own to zfs get -s local. */
    @Test
    void whatWasSentAndReceivedAsAWholeIsAPool() throws Exception {
        publish(X);
        DatasetName dead = ZfsNames.STORE.child("dead");
        publish(dead);
        pool.markDead(List.of(dead), Instant.EPOCH);
        run("zfs", "snapshot", "-r", root + "@backup");
        ZfsNames copy = new ZfsNames(root + "-copy");
        run("sh", "-c", "zfs send -R " + root + "@backup | zfs receive -u " + copy.root());
        run("zfs", "destroy", "-r", copy.root() + "@backup");
        try (Pool restored = ZfsPools.open(copy.root())) {
            assertThat(restored.list(ZfsNames.STORE)).containsExactlyInAnyOrderElementsOf(pool.list(ZfsNames.STORE));
            assertThat(restored.find(X).map(Dataset::properties))
                    .isEqualTo(pool.find(X).map(Dataset::properties));
            ZfsPoolKernelTest.assertWhole(restored, X);
            run("zfs", "snapshot", copy.sealed(X).replace("@sealed", "@by-hand"));
            assertThat(destroy(restored, X).outcome()).as("sealed again").isEqualTo(Outcome.BUSY);
            assertThat(restored.find(X)).isEqualTo(pool.find(X));
            assertThat(destroy(restored, dead).outcome()).isEqualTo(Outcome.DESTROYED);
        }
    }

    /** As where a machine serves Windows, or its administrator followed advice for desktops. */
    @Test
    void namesAreBytesWhateverTheParentSays() throws Exception {
        String parent = root + "-odd";
        run(
                "zfs",
                "create",
                "-o",
                "mountpoint=none",
                "-o",
                "casesensitivity=insensitive",
                "-o",
                "normalization=formD",
                parent);
        try (Pool odd = ZfsPools.create(parent + "/axiom");
                Lease lease = odd.lease("add");
                Staging staging = lease.stage()) {
            List<String> files = List.of("a", "A", "\u00e4", "a\u0308");
            for (String file : files) {
                Files.createFile(staging.path().resolve(file));
            }
            try (var there = Files.list(staging.path())) {
                assertThat(there.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(files);
            }
        }
    }

    /** What was synced has left an intent log, and a mount writes its end: to ZFS that is a change. */
    @Test
    void whatWasSyncedAndMountedCanBeCollected() throws Exception {
        try (Lease lease = pool.lease("publish")) {
            try (Staging staging = lease.stage()) {
                try (FileChannel out = FileChannel.open(
                        staging.path().resolve("content"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    for (int i = 0; i < 10; i++) {
                        out.write(ByteBuffer.allocate(5000));
                        out.force(true);
                    }
                }
                staging.seal(Map.of("name", X.value()), 1);
                staging.publish(X);
            }
            assertThat(lease.open(X).resolve("content")).hasSize(50_000);
        }
        run("zpool", "sync", names.zpool());
        assertThat(destroy(pool, X)).extracting(Destruction::outcome).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void whatOnlyAProfileHoldsIsUnmountedWhenNobodyUsesIt() throws Exception {
        publish(X);
        for (String tag : List.of("profile:dev:1", "env:desk:1")) {
            pool.hold(new HoldTag(tag), List.of(X));
            try (Lease lease = pool.lease("reader")) {
                lease.open(X);
                assertThat(ZfsMounts.points(names.filesystem(X))).hasSize(1);
            }
            assertThat(ZfsMounts.points(names.filesystem(X))).as(tag).hasSize(tag.startsWith("env:") ? 1 : 0);
        }
    }

    /** What is written then lies in the folder below, and not in the dataset. */
    @Test
    void aStagingThatWasUnmountedMeanwhileIsNotSealed() throws Exception {
        try (Lease lease = pool.lease("add")) {
            try (Staging staging = lease.stage()) {
                String place = staging.path().toString();
                assertThatThrownBy(() -> run("umount", place)).hasMessageContaining("busy");
                run("umount", "-l", place);
                Files.writeString(staging.path().resolve("content"), "x");
                AxiomException failure = catchThrowableOfType(AxiomException.class, () -> staging.seal(Map.of(), 1));
                assertThat(failure).hasMessageContainingAll(names.filesystem(staging.name()), "unmounted");
                assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
        }
        assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
        publish(X);
        ZfsPoolKernelTest.assertWhole(pool, X);
    }

    /** By somebody who sees that the snapshot is there; or it would be in the package, and not in its seal. */
    @Test
    @Timeout(120) // were there no snapshot, the writer would wait for ever
    void aStagingThatIsWrittenToAfterItsSnapshotIsNotPublished() throws Exception {
        try (Lease lease = pool.lease("add");
                Staging staging = lease.stage()) {
            Path file = staging.path().resolve("content");
            Files.writeString(file, "x");
            InputStream open = Files.newInputStream(file); // nothing is unmounted as long as it is
            Thread writer = new Thread(() -> {
                while (!((ZfsPool) pool).core().exists(names.sealed(staging.name()))) {
                    Thread.onSpinWait();
                }
                write(file, open);
            });
            writer.setDaemon(true);
            writer.start();
            AxiomException failure = catchThrowableOfType(AxiomException.class, () -> staging.seal(Map.of(), 1));
            writer.join();
            assertThat(failure).hasMessageContainingAll(names.filesystem(staging.name()), "written to");
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
        assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
    }

    private static void write(Path file, InputStream open) {
        try (open) {
            Files.writeString(file, "y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such pages are no part of a snapshot until they are handed to ZFS. */
    @Test
    void whatIsWrittenThroughAMapIsSealedToo() throws Exception {
        try (Lease lease = pool.lease("add")) {
            try (Staging staging = lease.stage();
                    ChildJvm child = ChildJvm.start(
                            ZfsPoolChild.class, "map", root, staging.path().resolve("content"))) {
                child.succeed();
                staging.seal(Map.of(), 1);
                staging.publish(X);
            }
            assertThat(lease.open(X).resolve("content")).hasContent(ZfsPoolChild.MAPPED);
        }
        assertThat(run("zfs", "get", "-Hpo", "value", "written", names.filesystem(X)))
                .as("bytes that its seal lacks")
                .isEqualTo("0");
    }

    /** There a seal could not be taken again. */
    @Test
    void inAFullPoolWhatOthersHaveMountedStaysSealed() throws Exception {
        Path disk = folder.resolve("disk");
        run("truncate", "-s", "256M", disk.toString());
        run("zpool", "create", "-O", "mountpoint=none", "brim", disk.toString());
        ZfsNames full = new ZfsNames("brim/axiom");
        try (Pool there = ZfsPools.create("brim/axiom")) {
            try (Lease lease = there.lease("publish")) {
                ZfsPoolKernelTest.publish(lease, X);
            }
            there.markDead(List.of(X), Instant.EPOCH);
            try (ForeignMount mount =
                    new ForeignMount(full.filesystem(X), Files.createDirectory(folder.resolve("by-hand")))) {
                ZfsPoolKernelTest.fill("brim/junk", Files.createDirectory(folder.resolve("junk")));
                assertThat(destroy(there, X)).satisfies(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
                    assertThat(result.reason()).contains("it is mounted");
                });
                assertThat(there.find(X)).isPresent();
            }
            assertThat(destroy(there, X).outcome()).isEqualTo(Outcome.DESTROYED);
        } finally {
            run("umount", "/run/axiom/brim/axiom/state");
            run("zpool", "destroy", "brim");
        }
    }
}
