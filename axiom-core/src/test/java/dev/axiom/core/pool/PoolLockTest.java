package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who goes first where a sweep meets those who share the pool's lock. */
@Timeout(60)
class PoolLockTest {
    private final PoolLock lock;
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch sweeperWaits = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Thread sweeper = new Thread(() -> lock().exclusive().close(), "sweeper");
    private final Thread late = new Thread(() -> lock().shared().close(), "late");

    PoolLockTest(@TempDir Path folder) {
        Path root = folder.resolve("pool");
        DirectoryPool.create(root).close();
        this.lock = new PoolLock(root, PoolLock.TIMEOUT);
    }

    private PoolLock lock() {
        return lock;
    }

    @AfterEach
    void letThemEnd() throws InterruptedException {
        FileSteps.ignore();
        goOn.countDown();
        sweeper.join();
        late.join();
    }

    /** Hears of the sweeper's steps, and in which order the lock was taken. */
    private void listen(FileSteps.Listener sweepers) {
        FileSteps.listen(new FileSteps.Listener() {
            @Override
            public void next(Step step, Path path, Path target) throws java.io.IOException {
                if (Thread.currentThread().equals(sweeper)) {
                    sweepers.next(step, path, target);
                }
            }

            @Override
            public void locked(Path file, Duration waited) {
                if (file.endsWith(DirectoryPoolSetup.LOCK)) {
                    order.add(Thread.currentThread().getName());
                }
            }
        });
    }

    /** Sharers who come and go without a gap between them would else keep it out for ever. */
    @Test
    void aSweepWaitsInTheEndOnlyForThoseInside() throws Exception {
        try (FileLock inside = lock.shared()) {
            listen((step, path, target) -> {
                if (step == Step.LOCK && path.endsWith(DirectoryPoolSetup.LOCK)) {
                    sweeperWaits.countDown();
                }
            });
            sweeper.start();
            sweeperWaits.await();
            late.start();
            while (late.getState() != Thread.State.TIMED_WAITING && late.isAlive()) {
                Thread.onSpinWait();
            }
        }
        sweeper.join();
        late.join();
        assertThat(order).containsExactly("sweeper", "late");
    }

    /** Most leave a gap within a moment: nobody should have to wait because somebody else is inside. */
    @Test
    void atFirstASweepLetsOthersIn() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (FileLock inside = lock.shared()) {
            listen((step, path, target) -> {
                if (step == Step.READ && path.endsWith(DirectoryPoolSetup.FORMAT) && looks.incrementAndGet() == 2) {
                    sweeperWaits.countDown();
                    await(goOn);
                }
            });
            sweeper.start();
            sweeperWaits.await();
            late.start();
            late.join();
        }
        goOn.countDown();
        sweeper.join();
        assertThat(order).containsExactly("late", "sweeper");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
