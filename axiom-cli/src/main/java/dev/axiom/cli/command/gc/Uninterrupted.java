package dev.axiom.cli.command.gc;

import dev.axiom.gc.StopSignal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Does work in a thread of its own, so that an interruption of the caller, which a signal causes, asks the work to come to
 * an early end and does not break it off in the middle of a step.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits for the work's end, whatever happens; throws what it throws. */
    static <T> T call(StopSignal stop, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(task, "axiom-gc");
        thread.start();
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException signal) {
                stop.request();
            } catch (ExecutionException e) {
                throw thrown(e);
            }
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
            return failure;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
