package dev.axiom.gc;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work that must not be torn by an interrupt. */
final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Waits for the end of the work, and returns or throws what it did.
     *
     * @param interrupted called for each interrupt of the waiting thread, which is thereby answered
     */
    static <T> T get(Future<T> work, Runnable interrupted) {
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
