package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A directory pool between real processes, which are killed in the middle. */
class DirectoryPoolProcessTest {
    private static final DatasetName STORE = new DatasetName("store");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path place;

    @BeforeEach
    void setUp() {
        place = folder.resolve("pool");
    }

    @Test
    void manyProcessesMakeAndFillOnePoolAtOnce() throws Exception {
        try (FileSystems.Scratch memory = FileSystems.scratch("many")) {
            int processes = 16;
            place = memory.path().resolve("pool");
            Race.run(processes, number -> {
                try (ChildJvm child = ChildJvm.start(PoolChild.class, "setup", place, number)) {
                    child.succeed();
                }
            });
            try (Pool pool = DirectoryPool.open(place)) {
                assertThat(pool.list(STORE)).hasSize(processes + 1);
                assertThat(pool.find(PoolChild.SAME)).isPresent();
                assertThat(pool.holds(List.of(PoolChild.SAME))).isEmpty();
                assertThat(pool.leases()).isEmpty();
            }
            assertNoLitter();
            assertThat(place.resolve(".pool")).isDirectoryNotContaining("glob:**probe*");
        }
    }

    @Test
    void aKilledProcessHoldsNothingAndItsStagingGoes() throws Exception {
        try (Pool pool = poolWithOld();
                ChildJvm child = ChildJvm.start(PoolChild.class, "protect", place);
                Lease collector = pool.lease("collector")) {
            child.await("ready");
            LeaseInfo lease = pool.leases().stream()
                    .filter(info -> info.owner().map(Owner::pid).equals(Optional.of(child.pid())))
                    .findAny()
                    .orElseThrow();
            assertThat(lease.datasets()).containsExactlyInAnyOrderElementsOf(PoolChild.OLD);
            pool.recover();
            assertThat(collect(pool, collector)).containsOnly(Outcome.HELD);
            assertThat(place.resolve("staging")).isNotEmptyDirectory();

            child.kill();
            assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactly(collector.id());
            assertThat(pool.holds(PoolChild.OLD)).isEmpty();
            assertThat(collect(pool, collector)).containsOnly(Outcome.DESTROYED);
            pool.recover();
            assertThat(place.resolve("state/leases/" + lease.id())).doesNotExist();
            assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactly(collector.id());
        }
        assertNoLitter();
    }

    @Test
    void aLeaseLivesOnInTheProgramThatItsProcessBecomes() throws Exception {
        try (Pool pool = poolWithOld();
                ChildJvm child = ChildJvm.start(PoolChild.class, "become", place);
                Lease collector = pool.lease("collector")) {
            child.await("ready");
            pool.recover();
            assertThat(collect(pool, collector)).containsOnly(Outcome.HELD);
            child.kill();
            assertThat(collect(pool, collector)).containsOnly(Outcome.DESTROYED);
        }
    }

    /** Whatever a process was doing when it was killed: what is visible is whole, and the leftovers go. */
    @ParameterizedTest
    @EnumSource(PausePoint.class)
    void aProcessMayBeKilledAnywhere(PausePoint point) throws Exception {
        try (Pool pool = poolWithOld()) {
            Lease earlier = pool.lease("an earlier victim");
            Files.writeString(earlier.stage().path().resolve("content"), "left");
            earlier.protect(PoolChild.OLD.subList(0, 1));
            ((DirectoryLease) earlier).abandon();
            try (ChildJvm child = ChildJvm.start(PoolChild.class, "stop", place, point)) {
                child.await("at " + point);
                child.kill();
            }
            assertThat(pool.leases()).isEmpty();
            assertAllWhole(pool, point);
            pool.recover();
            assertNoLitter();
            finish(pool);
        }
        assertNoLitter();
    }

    private void assertAllWhole(Pool pool, PausePoint point) throws Exception {
        for (Dataset dataset : pool.list(STORE)) {
            assertThat(dataset.properties())
                    .containsEntry("name", dataset.name().value());
            assertThat(place.resolve(dataset.name().value()).resolve("content"))
                    .hasContent(dataset.name().value());
        }
        boolean published = point.compareTo(PausePoint.PUBLISHED) >= 0 && point != PausePoint.RECOVERING;
        assertThat(pool.find(PoolChild.NEW).isPresent()).as("published").isEqualTo(published);
    }

    /** The next command can do all that the killed one did not. */
    private static void finish(Pool pool) throws Exception {
        pool.release(PoolChild.TAG, PoolChild.OLD);
        try (Lease lease = pool.lease("the next command")) {
            if (pool.find(PoolChild.NEW).isEmpty()) {
                PoolChild.publish(lease, PoolChild.NEW);
            }
            pool.markDead(PoolChild.OLD, PoolChild.SINCE);
            assertThat(collect(pool, lease)).containsAnyOf(Outcome.DESTROYED, Outcome.MISSING);
        }
        assertThat(pool.list(STORE)).extracting(Dataset::name).containsExactly(PoolChild.NEW);
        assertThat(pool.holds(List.of(PoolChild.NEW))).isEmpty();
    }

    @Test
    void whatModeBitsForbidHindersNoRemovalAndFailsClosed() throws Exception {
        Assumptions.assumeTrue(Posix.isRoot(), "only root can become another user; run as one, other tests cover it");
        try (FileSystems.Scratch home = FileSystems.scratch("nobody")) {
            Files.setPosixFilePermissions(home.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
            String classPath = ChildJvm.readableClassPath(home.path());
            try (ChildJvm child =
                    ChildJvm.start(ChildJvm.NOBODY, classPath, PoolChild.class, "unprivileged", home.path())) {
                child.succeed();
            }
        }
    }

    private Pool poolWithOld() throws Exception {
        Pool pool = DirectoryPool.create(place);
        try (Lease lease = pool.lease("set up")) {
            for (DatasetName name : PoolChild.OLD) {
                PoolChild.publish(lease, name);
            }
        }
        return pool;
    }

    private static List<Outcome> collect(Pool pool, Lease collector) {
        Map<DatasetName, Optional<Instant>> dead = new HashMap<>();
        pool.list(STORE).forEach(dataset -> dead.put(dataset.name(), dataset.deadSince()));
        return pool
                .destroyUnheld(
                        collector,
                        PoolChild.OLD.stream()
                                .map(name -> new Condemned(name, dead.getOrDefault(name, Optional.empty())))
                                .toList())
                .stream()
                .map(Destruction::outcome)
                .toList();
    }

    private void assertNoLitter() throws IOException {
        assertThat(place.resolve("staging")).isEmptyDirectory();
        assertThat(place.resolve("trash")).isEmptyDirectory();
        assertThat(place.resolve("state/leases")).isEmptyDirectory();
        try (var files = Files.walk(place.resolve("store"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("lease:")))
                    .isEmpty();
        }
    }
}
