package dev.axiom.gc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into a {@link StopSignal}, and keeps the process alive until the work in hand is done
 * and reported: the virtual machine ends when its shutdown hooks do, and ours waits for {@link #close}.
 */
public final class Termination implements AutoCloseable {
    /** A batch takes seconds at most; who is not done then hangs, and is ended as if killed, which is safe. */
    private static final long PATIENCE_SECONDS = 30;

    private final StopSignal signal = new StopSignal();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::terminate, "axiom-gc-termination");

    private Termination() {}

    /** Starts to listen. Close it when everything is done, the report's printing included. */
    public static Termination listen() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** What to hand to the collection. */
    public StopSignal signal() {
        return signal;
    }

    private void terminate() {
        signal.request();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("axiom gc: not done after " + PATIENCE_SECONDS + " s; ended anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. Closing twice is fine. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and has just been let go.
        }
    }
}
