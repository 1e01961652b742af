package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What only a real OpenZFS can show: who keeps a dataset besides Axiom, and what a death leaves behind. */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsPoolKernelTest {
    private static final AtomicInteger POOLS = new AtomicInteger();
    static final HoldTag PIN = new HoldTag("pin:base");
    private static final DatasetName HELD = new DatasetName("store/held");
    private static final DatasetName DEAD = new DatasetName("store/dead");

    private final String root = System.getenv("AXIOM_TEST_DATASET") + "/kernel" + POOLS.incrementAndGet();
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

    static void publish(Lease lease, DatasetName name) throws IOException {
        try (Staging staging = lease.stage()) {
            Files.writeString(staging.path().resolve("content"), name.value());
            staging.seal(Map.of("name", name.value()), 1);
            staging.publish(name);
        }
    }

    private void publish(DatasetName... all) throws IOException {
        try (Lease lease = pool.lease("publish")) {
            for (DatasetName name : all) {
                publish(lease, name);
            }
        }
    }

    private Destruction destroy(DatasetName name) {
        try (Lease collector = pool.lease("collector")) {
            Optional<Instant> dead = pool.find(name).flatMap(Dataset::deadSince);
            return pool.destroyUnheld(collector, List.of(new Condemned(name, dead)))
                    .get(0);
        }
    }

    private void assertWhole(DatasetName name) throws IOException {
        assertWhole(pool, name);
    }

    static void assertWhole(Pool pool, DatasetName name) throws IOException {
        assertThat(pool.find(name).map(Dataset::properties)).contains(Map.of("name", name.value()));
        try (Lease reader = pool.lease("reader")) {
            assertThat(reader.open(name).resolve("content")).hasContent(name.value());
        }
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
        return output.strip();
    }

    /**
     * Makes a file system without compression, and fills the ZFS pool with it.
     *
     * @param place a folder to mount it on
     */
    static void fill(String dataset, Path place) throws Exception {
        run("zfs", "create", "-o", "mountpoint=legacy", "-o", "compression=off", dataset);
        run("mount", "-t", "zfs", dataset, place.toString());
        try {
            fill(place.resolve("zeros"), 1 << 20);
        } finally {
            run("umount", place.toString());
        }
    }

    /** Writes until there is no space left, so many bytes at a time, each on the disk before the next. */
    static void fill(Path file, int bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(bytes);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (true) {
                out.write(block.rewind());
                out.force(false);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    @Test
    void holdsThatOthersGaveCount() throws Exception {
        publish(HELD);
        run("zfs", "hold", "my backup+1", names.sealed(HELD));
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.HELD);
        assertThat(destroy(HELD).reason()).contains("foreign:my_backup_1");
        assertThat(pool.holds(List.of(HELD))).containsEntry(HELD, Set.of(new HoldTag("foreign:my_backup_1")));
        run("zfs", "release", "my backup+1", names.sealed(HELD));
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void theHoldsOfAKilledProcessEndWithIt() throws Exception {
        publish(HELD);
        try (ChildJvm child = ChildJvm.start(ZfsPoolChild.class, "protect", root)) {
            child.await("protected");
            assertThat(pool.holds(List.of(HELD))).isNotEmpty();
            assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.HELD);
            child.kill();
        }
        assertThat(pool.holds(List.of(HELD)))
                .as("at once, for the kernel ends a process with its holds")
                .isEmpty();
        pool.recover();
        assertThat(pool.leases()).isEmpty();
        assertThat(pool.parents(ZfsNames.STAGING)).as("what the child staged").isEmpty();
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void aMountByHandKeepsADatasetAndStopsNothingElse() throws Exception {
        publish(HELD, DEAD);
        String guid = run("zfs", "get", "-Hpo", "value", "guid", names.filesystem(HELD));
        run("mount", "-i", "-t", "zfs", names.filesystem(HELD), folder.toString());
        try {
            assertThat(destroy(HELD)).satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
                assertThat(result.reason()).contains("mounted", folder.toString());
            });
            assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.DESTROYED);
            assertWhole(HELD);
            assertThat(run("zfs", "get", "-Hpo", "value", "guid", names.filesystem(HELD)))
                    .isEqualTo(guid);
            assertThat(run("zfs", "get", "-Hpo", "value", ZfsNames.DOOMED, names.filesystem(HELD)))
                    .isEqualTo("-");
        } finally {
            run("umount", folder.toString());
        }
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void anOpenFileKeepsADataset() throws Exception {
        publish(HELD);
        Path content;
        InputStream reader;
        try (Lease lease = pool.lease("reader")) {
            content = lease.open(HELD).resolve("content");
            reader = Files.newInputStream(content);
        }
        try (reader) {
            assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.BUSY);
            assertThat(new String(reader.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(HELD.value());
        }
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
        assertThat(content).doesNotExist();
    }

    @Test
    void aCloneByHandKeepsADataset() throws Exception {
        publish(HELD);
        String clone = System.getenv("AXIOM_TEST_DATASET") + "/clone";
        run("zfs", "clone", "-o", "mountpoint=none", names.sealed(HELD), clone);
        assertThat(destroy(HELD)).satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
            assertThat(result.reason()).contains(clone);
        });
        assertWhole(HELD);
        run("zfs", "destroy", clone);
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    /** As in a container, whose root may mount and destroy, but run no channel programs. */
    @Test
    void itGoesWithoutProgramsToo() throws Exception {
        ThreadSafeZfs.instance().core().permitPrograms(false);
        try {
            publish(HELD, DEAD);
            pool.hold(PIN, List.of(HELD));
            Instant since = Instant.parse("2026-01-02T03:04:05Z");
            pool.markDead(List.of(HELD, DEAD, new DatasetName("store/none")), since);
            assertThat(pool.find(HELD).orElseThrow().deadSince()).isEmpty();
            assertThat(pool.find(DEAD).orElseThrow().deadSince()).contains(since);
            assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.HELD);
            try (Lease lease = pool.lease("reader")) {
                lease.protect(List.of(DEAD));
                assertThat(pool.find(DEAD).orElseThrow().deadSince()).isEmpty();
                assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.HELD);
            }
            String clone = System.getenv("AXIOM_TEST_DATASET") + "/clone2";
            run("zfs", "clone", "-o", "mountpoint=none", names.sealed(DEAD), clone);
            assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.BUSY);
            assertWhole(DEAD);
            run("zfs", "destroy", clone);
            assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.DESTROYED);
            assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.MISSING);
            assertWhole(HELD);
            assertThat(pool.parents(ZfsNames.TRASH)).isEmpty();
        } finally {
            ThreadSafeZfs.instance().core().permitPrograms(true);
        }
    }

    @Test
    void aDestructionThatWasCutOffIsFinished() throws Exception {
        publish(HELD, DEAD);
        for (DatasetName name : List.of(HELD, DEAD)) {
            ThreadSafeZfs.instance().set(names.filesystem(name), ThreadSafeZfs.FILESYSTEM, ZfsNames.DOOMED, "yes");
            ThreadSafeZfs.instance().core().destroy(names.sealed(name));
        }
        assertThat(pool.list(ZfsNames.STORE)).isEmpty();
        publish(HELD);
        assertWhole(HELD);
        ((ZfsLease) pool.lease("killed")).abandon();
        pool.recover();
        assertThat(pool.parents(ZfsNames.STORE)).containsExactly(HELD);
    }

    @Test
    void whatAxiomHasNotMadeStays() throws Exception {
        ZfsCore core = ThreadSafeZfs.instance().core();
        core.create(root + "/staging/mine", Map.of());
        core.create(root + "/store/mine", Map.of());
        ((ZfsLease) pool.lease("killed")).abandon();
        pool.recover();
        assertThat(core.exists(root + "/staging/mine")).isTrue();
        assertThat(core.exists(root + "/store/mine")).isTrue();
        assertThat(pool.list(ZfsNames.STORE)).isEmpty();
    }

    @Test
    void whatHoldsSomethingElseIsRefused() throws Exception {
        String used = System.getenv("AXIOM_TEST_DATASET") + "/used";
        run("zfs", "create", "-o", "mountpoint=legacy", used);
        run("mount", "-t", "zfs", used, folder.toString());
        Files.writeString(folder.resolve("letter"), "x");
        refused(used, "letter");
        Files.delete(folder.resolve("letter"));
        run("zfs", "create", used + "/child");
        refused(used, used + "/child");
        run("zfs", "destroy", used + "/child");
        ZfsPools.create(used).close();
        run("umount", folder.toString());
        refused(root + "/store/nested", "inside of the pool zfs:" + root);
        refused("nosuchpool/x", "nosuchpool/x");
    }

    private static void refused(String dataset, String word) {
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> ZfsPools.create(dataset))
                .withMessageContaining(word)
                .satisfies(e -> assertThat(e.code()).isIn(ErrorCode.UNAVAILABLE, ErrorCode.NOT_FOUND));
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> ZfsPools.open(dataset));
    }

    @Test
    void whoMayNotWriteReadsWhatIsMounted() throws Exception {
        publish(HELD);
        Path home = Files.createTempDirectory(Path.of("/tmp"), "readable");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        String classPath = ChildJvm.readableClassPath(home);
        try (Lease lease = pool.lease("mounts it")) {
            lease.open(HELD);
            glance(classPath, HELD.value());
        }
        assertThat(destroy(DEAD).outcome()).isEqualTo(Outcome.MISSING);
        glance(classPath, "is not mounted, and only root may mount it");
        assertThat(pool.glance(HELD, ZfsPoolKernelTest::content))
                .as("root mounts it")
                .isEqualTo(HELD.value());
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
        glance(classPath, "store/held");
    }

    private void glance(String classPath, String said) throws Exception {
        try (ChildJvm child = ChildJvm.start(ChildJvm.NOBODY, classPath, ZfsPoolChild.class, "glance", root, said)) {
            child.succeed();
        }
    }

    @Test
    void aGlanceKeepsTheDatasetFromBeingDestroyed() throws Exception {
        publish(HELD);
        try (Lease lease = pool.lease("mounts it")) {
            lease.open(HELD);
        }
        Path folder = Path.of("/run/axiom", names.filesystem(HELD));
        Files.createDirectories(folder);
        run("mount", "-i", "-t", "zfs", "-o", "ro", names.filesystem(HELD), folder.toString());
        assertThat(pool.<String>glance(HELD, path -> {
                    assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.BUSY);
                    return content(path);
                }))
                .isEqualTo(HELD.value());
        assertThat(destroy(HELD).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    static String content(Path folder) {
        try {
            return Files.readString(folder.resolve("content"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Block cloning (OpenZFS 2.2; on by default since 2.3): the copies that environments are made of take no space. */
    @Test
    void aCopyOfAPackagesFileSharesItsBlocks() throws Exception {
        Path switched = Path.of("/sys/module/zfs/parameters/zfs_bclone_enabled");
        assumeTrue(
                Files.exists(switched) && Files.readString(switched).strip().equals("1"),
                "this OpenZFS clones no blocks");
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content); // which no compression makes less
        String zpool = names.zpool();
        try (Lease lease = pool.lease("copy")) {
            for (DatasetName name : List.of(HELD, DEAD)) {
                try (Staging staging = lease.stage()) {
                    Path target = staging.path().resolve("content");
                    if (name.equals(HELD)) {
                        Files.write(target, content);
                    } else {
                        copy(lease.open(HELD).resolve("content"), target);
                    }
                    staging.seal(Map.of("name", name.value()), content.length);
                    staging.publish(name);
                }
            }
            assertThat(Files.readAllBytes(lease.open(DEAD).resolve("content"))).isEqualTo(content);
        }
        assertThat(Long.parseLong(run("zpool", "get", "-Hpo", "value", "bclonesaved", zpool)))
                .isGreaterThanOrEqualTo(content.length / 2);
    }

    private static void copy(Path from, Path to) throws IOException {
        int in = Posix.openForReading(from);
        int out = Posix.openOrCreate(to);
        try {
            for (long copied = 1; copied > 0; ) {
                copied = Posix.copyRange(in, out, 1 << 30);
            }
        } finally {
            Posix.close(in);
            Posix.close(out);
        }
    }
}
