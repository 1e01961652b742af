package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.FaultyPool;
import dev.axiom.core.pool.FileSystems;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk that has no byte, or no inode, left, what makes room works all the same. */
class FullDiskTest {
    private final Path folder;
    private final Path mount;
    private final String lock;

    @SuppressWarnings("NullAway.Init")
    private PoolRun pool;

    private int files;

    FullDiskTest(@TempDir Path folder) {
        this.folder = folder;
        this.mount = folder.resolve("pool");
        this.lock = folder.resolve("gc.lock").toString();
    }

    /** Skipped, with the reason, where nothing may be mounted. */
    @BeforeEach
    void mount() throws Exception {
        FileSystems.mount(mount, "-t", "tmpfs", "-o", "size=2m,nr_inodes=300", "tmpfs");
        pool = new PoolRun(folder);
        pool.out("setup");
    }

    @AfterEach
    void unmount() throws Exception {
        if (pool != null) { // not where nothing may be mounted
            pool.close();
        }
        FileSystems.unmountIfMounted(mount);
    }

    /** Until not one byte more is taken. */
    private void fillBytes() throws IOException {
        int size = 1 << 16;
        try (OutputStream filler = new FileOutputStream(mount.resolve("filler").toFile())) {
            while (size > 0) {
                try {
                    filler.write(new byte[size]);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
        assertThat(Files.getFileStore(mount).getUsableSpace()).isZero();
    }

    /** Until not one file more can be made. */
    private void fillInodes() throws IOException {
        Files.createDirectories(mount.resolve("fillers"));
        try {
            while (true) {
                Files.createFile(mount.resolve("fillers/" + files++));
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private interface Filling {
        void run() throws IOException;
    }

    /** One package that is long dead, one that a run only marks, one in use; the disk is filled; a collection. */
    private void collectAfter(Filling filling) throws IOException {
        PackageId old = pool.add("old", "1.0");
        assertThat(gc("24h")).contains("\"waiting\":" + PoolRun.ids(old));
        PackageId fresh = pool.add("fresh", "1.0");
        PackageId used = pool.add("used", "1.0");
        pool.out("root", "add", used.toString());
        filling.run();

        assertThat(gc("1ms"))
                .contains("\"collected\":" + PoolRun.ids(old))
                .contains("\"waiting\":" + PoolRun.ids(fresh));
        assertThat(pool.out("why", "fresh", "--json"))
                .as("marked once there was room")
                .doesNotContain("\"deadSince\":null");
        assertThat(pool.packages()).isEqualTo("fresh@1.0 used@1.0");
        assertThat(gc("0")).contains("\"collected\":" + PoolRun.ids(fresh));
        assertNothingIsLeftBehind();
    }

    private String gc(String grace) {
        return pool.out("gc", "--grace", grace, "--lock-file", lock, "--json");
    }

    private void assertNothingIsLeftBehind() throws IOException {
        for (String parent : new String[] {"staging", "trash", "state/leases"}) {
            try (Stream<Path> left = Files.list(mount.resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
    }

    @Test
    void aCollectionWorksWithoutAByteLeft() throws IOException {
        collectAfter(this::fillBytes);
    }

    @Test
    void aCollectionWorksWithoutAnInodeLeft() throws IOException {
        collectAfter(this::fillInodes);
    }

    @Test
    void theFirstCollectionOfAPoolWorksWithoutAnInodeLeft() throws IOException {
        PackageId dead = pool.add("dead", "1.0");
        fillInodes();
        assertThat(gc("0")).contains("\"collected\":" + PoolRun.ids(dead));
        assertNothingIsLeftBehind();
    }

    @Test
    void whatFreesNothingSaysThatTheDiskIsFull() throws IOException {
        pool.add("dead", "1.0");
        fillInodes();
        assertThat(pool.refusal(9, "gc", "--lock-file", lock))
                .contains("No space left on device")
                .contains("--grace 0");
        assertThat(pool.packages()).isEqualTo("dead@1.0");
        assertNothingIsLeftBehind();
    }

    @Test
    void generationsPinsAndPackagesCanBeRemovedWithoutAnInodeLeft() throws Exception {
        PackageId pinned = pool.add("pinned", "1.0");
        pool.add("tool", "1.0");
        pool.out("root", "add", pinned.toString(), "--name", "pin");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "work", "dev");
        fillInodes();
        pool.out("root", "remove", "pin");
        fillInodes();
        pool.out("env", "remove", "work");
        fillInodes();
        pool.out("profile", "delete", "dev");
        fillInodes();
        pool.out("package", "remove", "tool", "pinned");
        assertThat(pool.packages()).isEmpty();
        assertNothingIsLeftBehind();
    }

    @Test
    void theReserveSurvivesAKilledUser() throws Exception {
        pool.add("dead", "1.0");
        for (int i = 0; i < 10; i++) { // more often than there are files in the reserve
            fillInodes();
            FaultyPool.abandon(pool.store.pool.leaseInNeed("killed"));
            Files.delete(mount.resolve("fillers/" + i));
            pool.out("setup"); // any writing command
        }
        fillInodes();
        assertThat(gc("0")).contains("\"collected\":[\"dead@");
    }
}
