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

/** Who comes while a sync runs shares the next one, and never the running one; and after a failure none succeeds. */
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

    /** The kernel tells this opening once, be it that others' pages are lost: they come to sync when it says nothing any more. */
    @Test
    void afterAFailureNoSyncSucceeds() throws Exception {
        IOException broken = new IOException("disk broken");
        SyncGroup.Flush flush = fd -> {
            stopFirst(fd);
            if (syncs.get() == 1) {
                throw broken;
            }
        };
        try (SyncGroup group = new SyncGroup(folder, flush)) {
            startWaiters(group);
            firstMayEnd.countDown();
            join();
            assertThat(failures).as("the one that ran it, and those who waited").hasValue(1 + WAITERS);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(group::sync)
                    .withMessage("disk broken")
                    .withCause(broken);
            assertThat(syncs).as("whatever it said, it could not be believed").hasValue(1);
        }
    }

    /** What the others wrote may be what it was told of. */
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
            assertThat(failures).hasValue(1 + WAITERS);
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
