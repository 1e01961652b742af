package dev.axiom.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets several threads start the same work at the same moment, and fails if one of them does or does not end. */
public final class Race {
    /** How long what should end may take; an emulated machine sets more by AXIOM_TEST_PATIENCE. */
    static final long PATIENCE_SECONDS = Long.parseLong(System.getenv().getOrDefault("AXIOM_TEST_PATIENCE", "120"));

    private Race() {}

    /** What each runner does. */
    public interface Runner<T> {
        T run(int number) throws Exception;
    }

    /** What each runner does, without a result. */
    public interface Task {
        void run(int number) throws Exception;
    }

    /** Starts {@code runners} threads at a barrier and returns their results by number. */
    public static <T> List<T> results(int runners, Runner<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners);
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return work.run(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(finish(one));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As {@link #results}, for work without a result. */
    public static void run(int runners, Task work) throws Exception {
        results(runners, number -> {
            work.run(number);
            return number;
        });
    }

    private static <T> T finish(Future<T> one) throws Exception {
        try {
            return one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a racing thread failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a racing thread did not end", e);
        }
    }
}
