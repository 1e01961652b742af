package dev.axiom.core.lock;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for work that must not be torn by an interrupt. */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Takes no more work and waits for the end of what was begun. An interrupt does not end the wait; it is kept for the caller. */
    public static void end(ExecutorService workers) {
        workers.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the end of the work, and returns or throws what it did.
     *
     * @param interrupted called for each interrupt of the waiting thread, which is thereby answered
     */
    public static <T> T get(Future<T> work, Runnable interrupted) {
        while (true) {
            try {
                return work.get();
            } catch (InterruptedException e) {
                interrupted.run();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e);
            }
        }
    }
}
