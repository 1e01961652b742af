package dev.axiom.gc;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a collection to end after the batch that it is at. Any thread may ask; asking twice is fine, taking it back is not
 * possible.
 */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks for the end. */
    public void request() {
        requested.countDown();
    }

    /** Whether somebody asked. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until somebody asks, or the time is over. An interrupt of the thread counts as asking.
     *
     * @return whether somebody asked
     */
    public boolean await(Duration time) {
        try {
            return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request();
            return true;
        }
    }
}
