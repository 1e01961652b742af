package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.testing.InMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep of thousands does while it has the pool's lock, and who gets it next. */
@Timeout(300)
class SweepLockTest {
    private static final int DATASETS = 3000;
    private static final int SWEEPERS = 4;

    private final Path folder;
    private final AtomicLong holder = new AtomicLong();
    private final AtomicInteger moved = new AtomicInteger();
    private final AtomicInteger mostMoved = new AtomicInteger();
    private final AtomicInteger erasedUnderLock = new AtomicInteger();

    SweepLockTest(@TempDir(factory = InMemory.class) Path folder) {
        this.folder = folder.resolve("pool");
        try (DirectoryPool pool = DirectoryPool.create(this.folder);
                Lease lease = pool.lease("test")) {
            doomed().parallelStream().forEach(name -> publish(lease, name));
        }
    }

    @AfterEach
    void ignore() {
        FileSteps.ignore();
    }

    private static List<DatasetName> doomed() {
        return IntStream.range(0, DATASETS)
                .mapToObj(number -> new DatasetName("store/doomed-" + number))
                .toList();
    }

    private static void publish(Lease lease, DatasetName name) {
        try (Staging staging = lease.stage()) {
            staging.seal(Map.of(), 1);
            staging.publish(name);
        }
    }

    /** Counted, not timed: so many renames for each time that the lock is taken, and no file is erased meanwhile. */
    @Test
    void theLockIsHeldForNoMoreThanAFewRenames() throws Exception {
        FileSteps.listen(new FileSteps.Listener() {
            @Override
            public void next(FileSteps.Step step, Path path, Path target) {
                if (step == FileSteps.Step.UNLOCK && path.endsWith(DirectoryPoolSetup.LOCK)) {
                    mostMoved.accumulateAndGet(moved.getAndSet(0), Math::max);
                    holder.set(0);
                }
            }

            @Override
            public void locked(Path lock, Duration waited) {
                if (lock.endsWith(DirectoryPoolSetup.LOCK)) {
                    holder.set(Thread.currentThread().getId());
                }
            }
        });
        try (DirectoryPool pool = DirectoryPool.open(folder, this::at)) {
            sweep(pool);
        }
        assertThat(mostMoved).hasValue(DirectoryPool.AT_ONCE);
        assertThat(erasedUnderLock).hasValue(0);
    }

    private void at(PausePoint point) {
        if (point == PausePoint.CONDEMNED) {
            moved.incrementAndGet();
        } else if (point == PausePoint.BEFORE_ERASE
                && holder.get() == Thread.currentThread().getId()) {
            erasedUnderLock.incrementAndGet();
        }
    }

    /** Whoever waits to share comes before the next sweep, however soon that asks after the one before. */
    @Test
    void whoWaitsToHoldComesBeforeTheNextSweep() throws Exception {
        CountDownLatch clientWaits = new CountDownLatch(1);
        CountDownLatch sweeperWaits = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        FileSteps.listen(new FileSteps.Listener() {
            @Override
            public void next(FileSteps.Step step, Path path, Path target) {
                String who = Thread.currentThread().getName();
                if (step == FileSteps.Step.LOCK && who.equals("client") && path.endsWith(DirectoryPoolSetup.LOCK)) {
                    clientWaits.countDown();
                } else if (step == FileSteps.Step.LOCK && who.equals("sweeper")) {
                    sweeperWaits.countDown();
                }
            }

            @Override
            public void locked(Path lock, Duration waited) {
                if (lock.endsWith(DirectoryPoolSetup.LOCK)) {
                    order.add(Thread.currentThread().getName());
                }
            }
        });
        try (DirectoryPool pool = DirectoryPool.open(folder);
                DirectoryPool other = DirectoryPool.open(folder)) {
            Thread client = new Thread(() -> other.lock(false).close(), "client");
            Thread sweeper = new Thread(() -> pool.lock(true).close(), "sweeper");
            try (FileLock sweep = pool.lock(true)) {
                client.start();
                clientWaits.await();
                sweeper.start();
                sweeperWaits.await();
                order.clear();
            }
            client.join();
            sweeper.join();
        }
        assertThat(order).containsExactly("client", "sweeper");
    }

    private static void sweep(DirectoryPool pool) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SWEEPERS);
        try (Lease lease = pool.lease("axiom gc")) {
            List<DatasetName> all = doomed();
            List<Future<List<Destruction>>> batches = new ArrayList<>();
            for (int from = 0; from < DATASETS; from += Pool.BATCH) {
                List<Condemned> batch = all.subList(from, Math.min(from + Pool.BATCH, DATASETS)).stream()
                        .map(name -> new Condemned(name, Optional.empty()))
                        .toList();
                batches.add(threads.submit(() -> pool.destroyUnheld(lease, batch)));
            }
            for (Future<List<Destruction>> batch : batches) {
                assertThat(batch.get()).allMatch(result -> result.outcome() == Destruction.Outcome.DESTROYED);
            }
        } finally {
            threads.shutdown();
        }
    }
}
