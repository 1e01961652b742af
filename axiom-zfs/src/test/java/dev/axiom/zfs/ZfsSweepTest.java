package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Pool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
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

    private List<Condemned> packages(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> ZfsNames.STORE.child("p" + number))
                .peek(name -> fake.add(filesystem(name), FakeZfs.NAMES.sealed(name)))
                .map(name -> new Condemned(name, Optional.empty()))
                .toList();
    }

    /** A fatal error in the program, such as one of the disks, comes for all datasets of a run; what came before it is done. */
    @Test
    void aDamagedDatasetStopsNoOther() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = packages(Pool.BATCH);
        DatasetName damaged = batch.get(42).name();
        fake.program((arguments, result) -> sweep(arguments, result, damaged, ECHRNG));
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

    /** As it is when the process is stopped for a moment, between two datasets or within one. */
    @Test
    void whatASignalCutsOffGoesOn() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = packages(9);
        DatasetName half = batch.get(5).name();
        List<Integer> sizes = new ArrayList<>();
        fake.program((arguments, result) -> {
            sizes.add(ZfsCore.child(arguments, "names").size());
            int number = sweep(arguments, result, half, Errno.EINTR.intValue());
            if (number != 0) {
                fake.set(filesystem(half), ZfsNames.DOOMED, "yes");
                assertThat(fake.remove(FakeZfs.NAMES.sealed(half))).isTrue();
            }
            return number;
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThat(pool.destroyUnheld(lease, batch))
                    .hasSize(batch.size())
                    .allMatch(result -> result.outcome() == Outcome.DESTROYED);
        }
        assertThat(sizes).containsExactly(9, 8);
        assertThat(fake.has(filesystem(half))).isFalse();
        assertThat(pool.leaseFiles().ids()).as("nothing is left for later").isEmpty();
    }

    @Test
    void whatSignalsAlwaysCutOffIsGivenUp() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = packages(2);
        AtomicInteger runs = new AtomicInteger();
        fake.program((arguments, result) -> {
            runs.incrementAndGet();
            return Errno.EINTR.intValue();
        });
        try (ZfsLease lease = fake.lease(pool, folder)) {
            assertThatThrownBy(() -> pool.destroyUnheld(lease, batch)).hasMessageContaining("it was interrupted");
        }
        assertThat(runs).hasValue(ZfsCore.TRIES);
    }

    /** Such a seal may lack properties, and the package is none any more. */
    @Test
    void aSealThatWasBeingTakenAgainIsNone() throws Exception {
        ZfsPool pool = fake.pool(folder);
        packages(1);
        DatasetName name = ZfsNames.STORE.child("p0");
        fake.set(filesystem(name), ZfsNames.DOOMED, "yes");
        assertThat(pool.find(name)).as("marked, and not begun").isPresent();
        fake.set(filesystem(name), ZfsNames.DOOMED, ZfsNames.RESEALING);
        assertThat(pool.find(name)).isEmpty();
        fake.program((arguments, result) -> 0);
        assertThat(pool.finish(name)).isTrue();
        assertThat(fake.has(filesystem(name))).isFalse();
        assertThat(fake.has(FakeZfs.NAMES.sealed(name))).isFalse();
    }

    /** It is measured of all of them at once. */
    @Test
    void theBytesThatABatchFreedAreShared() throws Exception {
        ZfsPool pool = fake.pool(folder);
        List<Condemned> batch = packages(3);
        fake.program((arguments, result) -> {
            assertThat(ZfsCore.child(arguments, "parents").values()).containsExactly(filesystem(ZfsNames.STORE));
            return sweep(arguments, result, null, 0);
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

    /** Destroys what is there until it comes to one of them. */
    private int sweep(Map<String, Object> arguments, NvList result, @Nullable DatasetName stop, int number) {
        Map<String, Object> names = ZfsCore.child(arguments, "names");
        Map<String, String> words = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = String.valueOf(names.get(Integer.toString(i)));
            if (stop != null && name.equals(filesystem(stop)) && fake.has(name)) {
                return number;
            }
            words.put(
                    Integer.toString(i), fake.remove(name + "@sealed") && fake.remove(name) ? "destroyed" : "missing");
        }
        result.put(
                "results",
                all -> words.forEach((place, word) ->
                        all.put(place, each -> each.put("word", word).put("text", ""))));
        result.put("freed", Integer.toString(FREED));
        return 0;
    }
}
