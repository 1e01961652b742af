package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Destruction.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mounts inside a pool, full and unfit file systems. Most need root, and are skipped where mounting is refused. */
class DirectoryPoolPlacesTest {
    private static final DatasetName BASH = new DatasetName("store/bash");

    @SuppressWarnings("NullAway.Init")
    private FileSystems.Scratch scratch;

    @BeforeEach
    void setUp() throws Exception {
        scratch = FileSystems.scratch("places");
    }

    @AfterEach
    void tearDown() throws Exception {
        scratch.close();
    }

    private static Outcome destroy(Pool pool, DatasetName name) {
        try (Lease collector = pool.lease("collector")) {
            return pool.destroyUnheld(collector, List.of(new Condemned(name, Optional.empty())))
                    .get(0)
                    .outcome();
        }
    }

    private static void publish(Pool pool) throws Exception {
        try (Lease lease = pool.lease("publisher");
                Staging staging = lease.stage()) {
            Files.createDirectories(staging.path().resolve("root/mnt"));
            staging.seal(Map.of(), 1);
            staging.publish(BASH);
        }
    }

    /** Something precious that others mount into our folders. */
    private Path precious() throws IOException {
        Path precious = Files.createDirectory(scratch.path().resolve("precious"));
        Files.writeString(precious.resolve("file"), "not ours");
        return precious;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b\tc\\d", "pöl-żółć"})
    void whatOthersMountedIsBusyAndNotTouched(String name) throws Exception {
        Path precious = precious();
        Path real = Files.createDirectories(scratch.path().resolve(name));
        Path link = Files.createSymbolicLink(scratch.path().resolve("link"), real);
        try (Pool pool = DirectoryPool.create(link)) {
            publish(pool);
            Path point = real.resolve("store/bash/root/mnt");
            FileSystems.mount(point, "--bind", precious.toString());
            assertThat(destroy(pool, BASH)).isEqualTo(Outcome.BUSY);
            assertThat(precious.resolve("file")).hasContent("not ours");
            assertThat(pool.find(BASH)).isPresent();
            FileSystems.unmountIfMounted(point);
            assertThat(destroy(pool, BASH)).isEqualTo(Outcome.DESTROYED);
            assertThat(precious.resolve("file")).hasContent("not ours");
        }
    }

    @Test
    void recoveryAndCloseSpareWhatIsMountedInAStaging() throws Exception {
        Path precious = precious();
        try (Pool pool = DirectoryPool.create(scratch.path().resolve("pool"))) {
            Lease lease = pool.lease("doomed");
            Staging staging = lease.stage();
            Path point = Files.createDirectories(staging.path().resolve("root/mnt"));
            FileSystems.mount(point, "--bind", precious.toString());
            assertThatExceptionOfType(AxiomException.class)
                    .isThrownBy(staging::close)
                    .withMessageContaining("mounted");
            ((DirectoryLease) lease).abandon();
            pool.recover();
            assertThat(point.resolve("file")).hasContent("not ours");
            FileSystems.unmountIfMounted(point);
            pool.recover();
            assertThat(staging.path()).doesNotExist();
            assertThat(precious.resolve("file")).hasContent("not ours");
        }
    }

    @Test
    void aFullDiskCanBeCollected() throws Exception {
        Path small = scratch.path().resolve("small");
        FileSystems.mount(small, "-t", "tmpfs", "-o", "size=1m", "tmpfs");
        try (Pool pool = DirectoryPool.create(small.resolve("pool"))) {
            publish(pool);
            fill(small.resolve("filler"));
            pool.markDead(List.of(BASH), PoolChild.SINCE);
            try (Lease lease = pool.lease("held")) {
                assertThatExceptionOfType(AxiomException.class)
                        .isThrownBy(() -> lease.protect(List.of(BASH)))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            }
            pool.recover();
            assertThat(pool.holds(List.of(BASH))).isEmpty();
            assertThat(pool.find(BASH).flatMap(Dataset::deadSince)).contains(PoolChild.SINCE);
            pool.clearDead(List.of(BASH));
            assertThat(destroy(pool, BASH)).isEqualTo(Outcome.DESTROYED);
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            // as intended
        }
    }

    @Test
    void aFileSystemThatLacksSomethingIsRefusedWithTheReason() throws Exception {
        Path huge = scratch.path().resolve("huge");
        FileSystems.mount(huge, "-t", "hugetlbfs", "none"); // makes files, but no hard links
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> DirectoryPool.create(huge.resolve("pool")))
                .withMessageContaining("the file system of " + huge)
                .withMessageContaining("cannot hold a pool: ")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .satisfies(e -> assertThat(e.hint()).contains("ext4"));
        assertThat(huge.resolve("pool/.pool/format")).doesNotExist();
    }

    @Test
    void aReadOnlyFileSystemIsRefused() throws Exception {
        Path readOnly = scratch.path().resolve("ro");
        FileSystems.mount(readOnly, "-t", "tmpfs", "-o", "ro", "tmpfs");
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> DirectoryPool.create(readOnly.resolve("pool")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    /** In a container a pool may come with the image. Whether it can be moved then is up to the kernel's settings. */
    @Test
    void aPackageOfALowerLayerIsDestroyedOrStaysWhole() throws Exception {
        Path lower = Files.createDirectory(scratch.path().resolve("lower"));
        try (Pool pool = DirectoryPool.create(lower.resolve("pool"))) {
            publish(pool);
        }
        for (String layer : List.of("upper", "work")) {
            Files.createDirectory(scratch.path().resolve(layer));
        }
        Path merged = scratch.path().resolve("merged");
        FileSystems.mount(
                merged,
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=" + lower + ",upperdir=" + scratch.path().resolve("upper") + ",workdir="
                        + scratch.path().resolve("work"));
        try (Pool pool = DirectoryPool.open(merged.resolve("pool"))) {
            Outcome outcome = destroy(pool, BASH);
            assertThat(outcome).isIn(Outcome.DESTROYED, Outcome.BUSY);
            assertThat(pool.find(BASH).isPresent()).isEqualTo(outcome == Outcome.BUSY);
        }
    }

    @Test
    void rootIsKnown() {
        assertThat(Posix.isRoot()).isEqualTo(System.getProperty("user.name").equals("root"));
    }
}
