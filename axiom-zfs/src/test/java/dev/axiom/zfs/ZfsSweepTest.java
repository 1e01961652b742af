package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep makes of what its channel program says, or fails with, on a ZFS made of Java. */
class ZfsSweepTest {
    private static final DatasetName X = new DatasetName("store/x");
    private static final int FREED = 1_000_001;
    private static final int ECHRNG = 44; // what a program's own error becomes

    private final FakeZfs fake = new FakeZfs();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String filesystem(DatasetName name) {
        return FakeZfs.NAMES.filesystem(name);
    }

    /** As in a full pool, where a seal cannot be taken again. */
    @Test
    void aDestructionThatIsNotAtItsEndIsFinishedByALaterRecovery() throws Exception {
        ZfsPool pool = fake.pool(folder);
        fake.add(filesystem(X), FakeZfs.NAMES.sealed(X));
        fake.program((arguments, result) -> {
            fake.set(filesystem(X), ZfsNames.DOOMED, "yes");
            assertThat(fake.remove(FakeZfs.NAMES.sealed(X))).isTrue();
            result.put(
                    "results",
                    all -> all.put("0", each -> each.put("word", "failed").put("text", "it is mounted")));
            result.put("freed", "0");
            return 0;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThat(FakeZfs.destroy(pool, lease, X).outcome()).isEqualTo(Outcome.FAILED);
        }
        AtomicInteger busy = new AtomicInteger(Errno.EBUSY.intValue());
        fake.on("lzc_destroy", busy::get);
        for (int i = 0; i < 2; i++) {
            pool.recover();
            assertThat(fake.has(filesystem(X))).isTrue();
        }
        assertThat(pool.leases()).isEmpty();
        busy.set(0);
        pool.recover();
        assertThat(fake.has(filesystem(X))).isFalse();
        assertThat(pool.leaseFiles().ids()).isEmpty();
    }

    /** A fatal error in the program, such as one of the disks, comes for all datasets of a run. */
    @Test
    void aDamagedDatasetStopsNoOther() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = IntStream.range(0, Pool.BATCH)
                .mapToObj(number -> new Condemned(ZfsNames.STORE.child("p" + number), Optional.empty()))
                .toList();
        DatasetName damaged = batch.get(42).name();
        fake.program((arguments, result) -> {
            if (ZfsCore.child(arguments, "names").containsValue(filesystem(damaged))) {
                return ECHRNG;
            }
            sayDestroyed(arguments, result);
            return 0;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            List<Destruction> results = pool.destroyUnheld(lease, batch);
            assertThat(results)
                    .extracting(Destruction::name)
                    .containsExactlyElementsOf(
                            batch.stream().map(Condemned::name).toList());
            assertThat(results)
                    .filteredOn(result -> result.outcome() != Outcome.DESTROYED)
                    .singleElement()
                    .satisfies(result -> {
                        assertThat(result.name()).isEqualTo(damaged);
                        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                        assertThat(result.reason()).contains("what the program says");
                    });
        }
    }

    /** It is measured of all of them at once. */
    @Test
    void theBytesThatABatchFreedAreShared() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = IntStream.range(0, 3)
                .mapToObj(number -> new Condemned(ZfsNames.STORE.child("p" + number), Optional.empty()))
                .toList();
        fake.program((arguments, result) -> {
            assertThat(ZfsCore.child(arguments, "parents").values()).containsExactly(filesystem(ZfsNames.STORE));
            sayDestroyed(arguments, result);
            return 0;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThat(pool.destroyUnheld(lease, batch).stream().mapToLong(Destruction::bytesFreed))
                    .allMatch(bytes -> bytes >= FREED / 3)
                    .satisfies(shares -> assertThat(
                                    shares.stream().mapToLong(Long::longValue).sum())
                            .isEqualTo(FREED));
        }
    }

    @Test
    void aSuspendedPoolStopsAll() throws Exception {
        ZfsPool pool = fake.pool(folder);
        AtomicInteger runs = new AtomicInteger();
        fake.program((arguments, result) -> {
            runs.incrementAndGet();
            return Errno.EAGAIN.intValue();
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            AxiomException failure = catchThrowableOfType(AxiomException.class, () -> FakeZfs.destroy(pool, lease, X));
            assertThat(failure).hasMessageContaining("suspended");
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void anInterruptedProgramIsRunAgain() throws Exception {
        ZfsPool pool = fake.pool(folder);
        AtomicInteger runs = new AtomicInteger();
        fake.program((arguments, result) -> {
            sayDestroyed(arguments, result);
            return runs.incrementAndGet() < 3 ? Errno.EINTR.intValue() : 0;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThat(FakeZfs.destroy(pool, lease, X).outcome()).isEqualTo(Outcome.DESTROYED);
        }
    }

    private static void sayDestroyed(Map<String, Object> arguments, NvList result) {
        Set<String> numbers = ZfsCore.child(arguments, "names").keySet();
        result.put(
                "results",
                all -> numbers.forEach(number ->
                        all.put(number, each -> each.put("word", "destroyed").put("text", ""))));
        result.put("freed", Integer.toString(FREED));
    }
}
