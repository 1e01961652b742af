package dev.axiom.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an interruption of the main thread, and holds the process until that thread has
 * closed what it opened. The JVM then exits by the signal's number (130, 143, 129).
 */
final class SignalGuard {
    /** Who does not finish in this time is ended as by SIGKILL, which Axiom survives too. */
    private static final long PATIENCE_SECONDS = 30;

    private final Thread main;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean stopping;

    private SignalGuard(Thread main) {
        this.main = main;
    }

    /** Guards the calling thread from now on. */
    static SignalGuard install() {
        SignalGuard guard = new SignalGuard(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(guard::stop, "axiom-signal"));
        return guard;
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        stopping = true;
        main.interrupt();
        try {
            boolean unused = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a signal asked the run to stop; its failure is then no news. */
    boolean stopping() {
        return stopping;
    }

    /** To be called before the process exits by itself; a signal that comes later finds nothing to wait for. */
    void finished() {
        finished.countDown();
    }
}
