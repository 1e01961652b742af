package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of a pool whose disk has failed, and who else it stops: nobody. ZFS suspends such a pool (zpoolprops(7),
 * {@code failmode=wait}): whoever writes to it waits, and what asks about it is refused. The disk here is one that promised
 * more than it has, and is full.
 */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZfsSuspendedPoolKernelTest {
    private static final String SICK = "sick/axiom";
    private static final DatasetName X = new DatasetName("store/x");
    private static final DatasetName Y = new DatasetName("store/y");

    /** Much more than such an answer takes in the emulated guest, and much less than waiting for a disk. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path thin;

    @BeforeEach
    void makeDisk() throws Exception {
        Path disk = thin.resolve("disk");
        ZfsPoolKernelTest.run("mount", "-t", "tmpfs", "-o", "size=64m", "thin", thin.toString());
        ZfsPoolKernelTest.run("truncate", "-s", "256M", disk.toString());
        ZfsPoolKernelTest.run("zpool", "create", "-O", "mountpoint=none", "sick", disk.toString());
    }

    @AfterEach
    void destroy() throws Exception {
        mend();
        ZfsPoolKernelTest.run("umount", "/run/axiom/" + SICK + "/state");
        ZfsPoolKernelTest.run("zpool", "destroy", "sick");
        ZfsPoolKernelTest.run("umount", thin.toString());
    }

    @Test
    void itIsReportedAsSuspendedAndWedgesNobodyElse() throws Exception {
        try (Pool sick = ZfsPools.create(SICK);
                Pool well = ZfsPools.create(System.getenv("AXIOM_TEST_DATASET") + "/well")) {
            publish(sick, X);
            Thread writer = suspend();
            refused(() -> ZfsPools.open(SICK));
            refused(() -> sick.find(X));
            refused(() -> sick.list(ZfsNames.STORE));
            refused(() -> sick.hold(ZfsPoolKernelTest.PIN, List.of(X)));
            refused(() -> sick.markDead(List.of(X), Instant.EPOCH));
            assertTimeoutPreemptively(SOON, () -> {
                publish(well, Y);
                ZfsPoolKernelTest.assertWhole(well, Y);
            });
            assertThat(writer.isAlive()).as("whoever writes to it waits").isTrue();

            mend();

            writer.join();
            ZfsPoolKernelTest.assertWhole(sick, X);
            publish(sick, Y);
            ZfsPoolKernelTest.assertWhole(sick, Y);
        }
    }

    private static void publish(Pool pool, DatasetName name) throws Exception {
        try (Lease lease = pool.lease("publish")) {
            ZfsPoolKernelTest.publish(lease, name);
        }
    }

    private static void refused(ThrowingCallable call) {
        AxiomException refused = assertTimeoutPreemptively(SOON, () -> {
            try {
                call.call();
            } catch (AxiomException e) {
                return e;
            } catch (Throwable other) {
                throw new AssertionError(other);
            }
            throw new AssertionError("a suspended pool answered");
        });
        assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("suspended");
    }

    /** Takes the disk's space away, and lets somebody write. Returns who waits for that to end. */
    private Thread suspend() throws Exception {
        ZfsPoolKernelTest.fill(thin.resolve("ballast"), 4096); // so small that no hole is left
        Thread writer = new Thread(() -> {
            try {
                ZfsPoolKernelTest.run("zfs", "create", "sick/more"); // returns when it is on the disk
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        Path state = Path.of("/proc/spl/kstat/zfs/sick/state");
        while (!Files.readString(state).strip().equals("SUSPENDED")) {
            Thread.onSpinWait();
        }
        return writer;
    }

    private void mend() throws Exception {
        Files.deleteIfExists(thin.resolve("ballast"));
        ZfsPoolKernelTest.run("zpool", "clear", "sick");
    }
}
