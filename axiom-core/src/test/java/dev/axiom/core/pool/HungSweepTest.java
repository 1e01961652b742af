package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.lock.LockBusyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A destruction that never ends: the others go on, or are told who keeps them from it. */
@Timeout(60)
class HungSweepTest {
    private static final DatasetName DOOMED = new DatasetName("store/doomed");
    private static final DatasetName OTHER = new DatasetName("store/other");
    private static final DatasetName FRESH = new DatasetName("store/fresh");
    private static final HoldTag TAG = new HoldTag("pin:base");

    private final Path folder;
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private CompletableFuture<List<Destruction>> sweep = CompletableFuture.completedFuture(List.of());

    HungSweepTest(@TempDir Path folder) {
        this.folder = folder.resolve("pool");
        try (DirectoryPool pool = DirectoryPool.create(this.folder);
                Lease lease = pool.lease("test")) {
            add(lease, DOOMED);
            add(lease, OTHER);
        }
    }

    @AfterEach
    void letItEnd() {
        goOn.countDown();
        sweep.join();
    }

    private static void add(Lease lease, DatasetName name) {
        try (Staging staging = lease.stage()) {
            staging.seal(Map.of(), 1);
            staging.publish(name);
        }
    }

    /** Destroys what is doomed, in a pool of its own as another process would, and stops at this point. */
    private void hangAt(PausePoint where) throws InterruptedException {
        sweep = CompletableFuture.supplyAsync(() -> {
            try (DirectoryPool pool = DirectoryPool.open(folder, point -> hang(point == where));
                    Lease lease = pool.lease("axiom gc")) {
                return destroy(pool, lease, DOOMED);
            }
        });
        hangs.await();
    }

    private void hang(boolean here) {
        if (here) {
            hangs.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Destruction> destroy(Pool pool, Lease lease, DatasetName name) {
        return pool.destroyUnheld(lease, List.of(new Condemned(name, Optional.empty())));
    }

    @Test
    void whoErasesForEverHindersNobody() throws InterruptedException {
        hangAt(PausePoint.BEFORE_ERASE);
        try (DirectoryPool pool = DirectoryPool.open(folder);
                Lease lease = pool.lease("test")) {
            add(lease, FRESH);
            pool.hold(TAG, List.of(FRESH));
            assertThat(lease.open(FRESH)).isDirectory();
            pool.recover();
            assertThat(destroy(pool, lease, OTHER).get(0).outcome()).isEqualTo(Destruction.Outcome.DESTROYED);
            assertThat(pool.find(DOOMED)).isEmpty();
            assertThat(pool.leases()).anySatisfy(living -> assertThat(String.valueOf(living.owner()))
                    .contains("axiom gc (pid " + ProcessHandle.current().pid()));
        }
    }

    /** An interrupt ends the wait as its end does. */
    @Test
    void whoHangsWithThePoolsLockIsNamed() throws Exception {
        hangAt(PausePoint.CONDEMNED);
        try (DirectoryPool pool = DirectoryPool.open(folder)) {
            assertThat(pool.find(OTHER)).as("looking needs no lock").isPresent();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.hold(TAG, List.of(OTHER)))
                    .isInstanceOf(LockBusyException.class)
                    .hasMessageContaining("of this process: a sweep");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Files.exists(folder.resolve("store/other"))).isTrue();
        }
    }
}
