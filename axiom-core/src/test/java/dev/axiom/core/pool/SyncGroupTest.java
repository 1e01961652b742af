package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes while a sync runs shares the next one, and never the running one. */
@Timeout(60)
class SyncGroupTest {
    private static final int WAITERS = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final CountDownLatch firstRuns = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final AtomicInteger syncs = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void join() throws Exception {
        firstMayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void callersOfARunningSyncShareTheNext() throws Exception {
        try (SyncGroup group = new SyncGroup(folder, this::stopFirst)) {
            startWaiters(group);
            firstMayEnd.countDown();
            join();
            assertThat(syncs).hasValue(2);
            assertThat(failures).hasValue(0);
        }
    }

    @Test
    void allWhoSharedAFailedSyncHearOfIt() throws Exception {
        SyncGroup.Flush flush = fd -> {
            stopFirst(fd);
            if (syncs.get() == 2) {
                throw new IOException("disk broken");
            }
        };
        try (SyncGroup group = new SyncGroup(folder, flush)) {
            startWaiters(group);
            firstMayEnd.countDown();
            join();
            assertThat(failures).hasValue(WAITERS);
            group.sync();
        }
    }

    @Test
    void anErrorInOneSyncLeavesNobodyWaiting() throws Exception {
        SyncGroup.Flush flush = fd -> {
            stopFirst(fd);
            if (syncs.get() == 1) {
                throw new IllegalStateException("not even an IOException");
            }
        };
        try (SyncGroup group = new SyncGroup(folder, flush)) {
            startWaiters(group);
            firstMayEnd.countDown();
            join();
            assertThat(failures).hasValue(1);
        }
    }

    @Test
    void aRealSyncWorksAndAMissingFolderIsReported() throws Exception {
        try (SyncGroup group = new SyncGroup(folder)) {
            group.open();
            group.sync();
        }
        try (SyncGroup group = new SyncGroup(folder.resolve("none"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(group::sync).withMessageContaining("none");
        }
    }

    private void stopFirst(int fd) {
        assertThat(fd).isNotNegative();
        if (syncs.incrementAndGet() == 1) {
            firstRuns.countDown();
            awaitUninterrupted(firstMayEnd);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One caller whose sync runs and is stopped, and others that wait behind it. */
    private void startWaiters(SyncGroup group) {
        start(group);
        awaitUninterrupted(firstRuns);
        for (int i = 0; i < WAITERS; i++) {
            start(group);
        }
        for (Thread thread : threads.subList(1, threads.size())) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private void start(SyncGroup group) {
        Thread thread = new Thread(() -> {
            try {
                group.sync();
            } catch (IOException | IllegalStateException e) {
                failures.incrementAndGet();
            }
        });
        threads.add(thread);
        thread.start();
    }
}
