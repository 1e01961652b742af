package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Mount;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool makes of what others did to it, and of calls that fail, on a ZFS made of Java. */
class ZfsPoolMishapTest {
    private static final DatasetName NEW = new DatasetName("staging/new");
    private static final DatasetName X = new DatasetName("store/x");

    private final FakeZfs fake = new FakeZfs();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String filesystem(DatasetName name) {
        return FakeZfs.NAMES.filesystem(name);
    }

    private static String sealed(DatasetName name) {
        return FakeZfs.NAMES.sealed(name);
    }

    private void addSealed(DatasetName name) {
        fake.add(filesystem(name), sealed(name));
    }

    @Test
    void anUnsealedDatasetWithAPackagesNameIsDamage() {
        addSealed(NEW);
        fake.add(filesystem(X));
        AxiomException failure = catchThrowableOfType(
                AxiomException.class, () -> fake.pool(folder).rename(NEW, X));
        assertThat(failure).hasMessageContaining(filesystem(X));
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
        assertThat(failure.hint()).contains("zfs destroy " + filesystem(X), "zfs rename " + filesystem(X));
        assertThat(fake.has(filesystem(X))).isTrue();
        assertThat(fake.has(sealed(NEW))).isTrue();
    }

    @Test
    void aSealedOneIsThere() {
        addSealed(NEW);
        addSealed(X);
        ZfsException failure =
                catchThrowableOfType(ZfsException.class, () -> fake.pool(folder).rename(NEW, X));
        assertThat(failure.is(Errno.EEXIST)).isTrue();
    }

    @Test
    void whatGoesMeanwhileIsInNobodysWay() {
        addSealed(NEW);
        fake.add(filesystem(X));
        int[] looks = new int[1];
        fake.on("zfs_open", () -> {
            if (++looks[0] == 4) {
                assertThat(fake.remove(filesystem(X))).isTrue();
            }
            return 0;
        });
        fake.pool(folder).rename(NEW, X);
        assertThat(fake.has(sealed(X))).isTrue();
    }

    @Test
    void aDestructionThatWasCutOffIsFinishedByWhoWantsTheName() {
        addSealed(NEW);
        fake.add(filesystem(X));
        fake.set(filesystem(X), ZfsNames.DOOMED, "yes");
        fake.pool(folder).rename(NEW, X);
        assertThat(fake.has(sealed(X))).isTrue();
    }

    /** A reservation counts what is there already. */
    @Test
    void theReservationOfTheStateGrowsWithIt() throws Exception {
        String state = filesystem(ZfsNames.STATE);
        ZfsPool pool = fake.pool(folder);
        Files.createDirectories(pool.state().resolve(ZfsPoolSetup.LEASES));
        fake.set(state, "refreservation", Long.toString(8 << 20));
        for (int there : new int[] {1 << 20, 4 << 20}) {
            fake.set(state, "referenced", Integer.toString(there));
            pool.recover();
            assertThat(fake.get(state, "refreservation")).isEqualTo(Integer.toString(8 << 20));
        }
        fake.set(state, "referenced", Integer.toString(9 << 20));
        pool.recover();
        assertThat(fake.get(state, "refreservation")).isEqualTo(Integer.toString(17 << 20));
    }

    @Test
    void withoutProgramsWhatWasChangedSinceItsSealIsNotSealedAgain() throws Exception {
        ZfsPool pool = fake.pool(folder);
        addSealed(X);
        fake.set(filesystem(X), "written", "12288");
        AtomicInteger destroyed = new AtomicInteger();
        fake.on("lzc_destroy", () -> destroyed.incrementAndGet() == 1 ? 0 : Errno.EBUSY.intValue());
        ZfsLease lease = fake.lease(pool, folder);
        try (lease) {
            assertThat(FakeZfs.destroy(pool, lease, X)).satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(result.reason()).contains("changed since it was sealed");
            });
        }
        DatasetName trash = pool.parents(ZfsNames.TRASH).get(0);
        assertThat(fake.has(sealed(trash))).isFalse();
        pool.recover();
        assertThat(fake.has(filesystem(trash))).as("busy").isTrue();
        fake.on("lzc_destroy", () -> 0);
        pool.recover();
        assertThat(fake.has(filesystem(trash))).isFalse();
    }

    /** Its number could be another file's by the time that the kernel looks. */
    @Test
    void aDescriptorIsOpenAsLongAsACallUsesIt() throws Exception {
        ZfsPool pool = fake.pool(folder);
        addSealed(X);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean open = new AtomicBoolean();
        Files.createDirectories(pool.state().resolve(ZfsPoolSetup.LEASES));
        int cleanup = Posix.openForReading(folder);
        Path descriptor = Path.of("/proc/self/fd/" + cleanup);
        ZfsLease lease = new ZfsLease(pool, pool.leaseFiles().create("test"), cleanup);
        fake.on("lzc_hold", () -> {
            inside.countDown();
            await(goOn);
            open.set(Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS));
            return 0;
        });
        Thread holder = new Thread(() -> lease.hold(List.of(X)));
        holder.start();
        await(inside);
        Thread closer = new Thread(lease::close);
        closer.start();
        while (closer.getState() != Thread.State.WAITING && closer.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        holder.join();
        closer.join();
        assertThat(open).isTrue();
        assertThat(pool.holds(List.of(X))).isEmpty();
        assertThat(pool.leaseFiles().ids()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStagingThatCannotBeMountedSaysSoWhateverBecomesOfIt() throws Exception {
        ZfsPool pool = fake.pool(folder);
        try (ZfsLease lease = fake.lease(pool, folder)) {
            fake.on("lzc_destroy", Errno.EBUSY::intValue);
            AxiomException failure = catchThrowableOfType(AxiomException.class, lease::stage);
            assertThat(failure).hasMessageContaining("cannot mount");
            assertThat(failure.getSuppressed()).singleElement().satisfies(left -> assertThat(left)
                    .hasMessageContaining("cannot destroy"));
        }
    }

    /** A hold comes between the look and the rename, and the collector is killed before it looks again. */
    private DatasetName strand(ZfsPool pool) throws IOException {
        addSealed(X);
        ZfsLease lease = fake.lease(pool, folder);
        AtomicInteger looks = new AtomicInteger();
        fake.on("lzc_get_holds", () -> {
            if (looks.incrementAndGet() == 2) {
                throw new IllegalStateException("killed");
            }
            return 0;
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> FakeZfs.destroy(pool, lease, X));
        fake.on("lzc_get_holds", () -> 0);
        lease.abandon();
        DatasetName trash = pool.parents(ZfsNames.TRASH).get(0);
        fake.hold(sealed(trash), "profile:dev:3");
        return trash;
    }

    @Test
    void whatAKilledCollectorMovedAwayAndSomebodyHoldsComesBack() throws Exception {
        ZfsPool pool = fake.pool(folder);
        strand(pool);
        pool.recover();
        assertThat(pool.find(X)).isPresent();
        assertThat(pool.holds(List.of(X))).containsKey(X);
        assertThat(pool.parents(ZfsNames.TRASH)).isEmpty();
    }

    @Test
    void itStaysInTheTrashWhereItsNameIsTaken() throws Exception {
        ZfsPool pool = fake.pool(folder);
        DatasetName trash = strand(pool);
        addSealed(X);
        pool.recover();
        assertThat(pool.find(X)).isPresent();
        assertThat(pool.parents(ZfsNames.TRASH)).containsExactly(trash);
    }

    @Test
    void whatCannotGetItsNameBackIsToldWithBothNames() throws Exception {
        ZfsPool pool = fake.pool(folder);
        addSealed(X);
        AtomicInteger looks = new AtomicInteger();
        fake.on("lzc_get_holds", () -> {
            if (looks.incrementAndGet() == 2) {
                fake.hold(sealed(pool.parents(ZfsNames.TRASH).get(0)), "profile:dev:3");
                addSealed(X);
            }
            return 0;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThat(FakeZfs.destroy(pool, lease, X)).satisfies(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(result.reason()).contains(filesystem(X), FakeZfs.NAMES.root() + "/trash/" + lease.id());
            });
        }
    }

    @Test
    void whatWasReceivedIsKeptForADayAfterItBrokeOff() {
        ZfsPool pool = fake.pool(folder);
        DatasetName part = ZfsNames.STAGING.child("receive-ab");
        fake.add(filesystem(part));
        fake.set(filesystem(part), "creation", "0");
        fake.set(filesystem(part), ZfsNames.BROKEN_OFF, "2026-01-02T03:04:05Z");
        ZfsTransfer transfer = new ZfsTransfer(pool);
        transfer.discardIfOld(part, Instant.parse("2026-01-03T03:00:00Z"));
        assertThat(fake.has(filesystem(part))).isTrue();
        transfer.discardIfOld(part, Instant.parse("2026-01-03T03:05:00Z"));
        assertThat(fake.has(filesystem(part))).isFalse();
    }

    /** A staging in a file system that is none of ZFS's, which is mounted and unmounted as one. */
    private void withStaging(ZfsPool pool, StagingWork work) throws Exception {
        assumeTrue(Posix.isRoot(), "only root may mount");
        DatasetName name = ZfsNames.STAGING.child("new");
        fake.add(filesystem(name));
        Path place = Files.createDirectories(pool.mounts().path(name));
        Mount.mount("staging", place, "tmpfs", false);
        try (ZfsLease lease = fake.lease(pool, folder);
                Staging staging = new ZfsStaging(pool, lease, name)) {
            work.run(staging, place);
        } finally {
            if (ZfsMounts.isMounted(place)) {
                Mount.unmount(place);
            }
        }
    }

    private interface StagingWork {
        void run(Staging staging, Path place) throws Exception;
    }

    @Test
    void aStagingStaysMountedUntilItsSeal() throws Exception {
        ZfsPool pool = fake.pool(folder);
        withStaging(pool, (staging, place) -> {
            assertThatExceptionOfType(PosixException.class)
                    .isThrownBy(() -> Mount.unmount(place))
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
            staging.seal(Map.of(), 1);
            assertThat(ZfsMounts.isMounted(place)).isFalse();
            staging.publish(X);
            assertThat(pool.find(X)).isPresent();
        });
    }

    @Test
    void aStagingThatWasUnmountedMeanwhileIsNotSealed() throws Exception {
        ZfsPool pool = fake.pool(folder);
        withStaging(pool, (staging, place) -> {
            assertThat(new ProcessBuilder("umount", "-l", place.toString())
                            .start()
                            .waitFor())
                    .isZero();
            AxiomException failure = catchThrowableOfType(AxiomException.class, () -> staging.seal(Map.of(), 1));
            assertThat(failure).hasMessageContainingAll(filesystem(staging.name()), "unmounted");
            assertThat(fake.has(sealed(staging.name()))).isFalse();
        });
        assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
    }

    @Test
    void aStagingThatIsWrittenToAfterItsSnapshotIsNotSealed() throws Exception {
        ZfsPool pool = fake.pool(folder);
        withStaging(pool, (staging, place) -> {
            fake.set(filesystem(staging.name()), "written", "512");
            AxiomException failure = catchThrowableOfType(AxiomException.class, () -> staging.seal(Map.of(), 1));
            assertThat(failure).hasMessageContainingAll(filesystem(staging.name()), "written to");
            assertThat(ZfsMounts.isMounted(place)).isFalse();
        });
        assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
    }

    @Test
    void whatIsClosedUnsealedIsUnmounted() throws Exception {
        ZfsPool pool = fake.pool(folder);
        withStaging(pool, (staging, place) -> {
            staging.close();
            assertThat(ZfsMounts.isMounted(place)).isFalse();
        });
        assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
    }
}
