package dev.axiom.core.pool;

import dev.axiom.core.lock.Uninterrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Erases many trees side by side. Where a file system waits for its disk at each name that goes, as ext4 does that
 * discards freed blocks, the number of those who wait decides (docs/PERFORMANCE.md). Locking: none.
 */
final class Erasers {
    /** For each batch that is swept; a collection sweeps some at a time. */
    static final int AT_A_TIME = 3;

    private Erasers() {}

    /**
     * Does {@code erase} with each of them, in no order, and returns when no thread does any more. The calling thread works
     * too, and alone if the system gives it no others. An interrupt tears nothing and ends nothing; it is kept.
     *
     * @param erase throws only what is a defect, which ends its thread, and is thrown on when the others have done the rest
     */
    static <T> void each(List<T> trees, Consumer<T> erase) {
        if (trees.size() <= 1) {
            trees.forEach(erase);
            return;
        }
        Queue<T> left = new ConcurrentLinkedQueue<>(trees);
        ExecutorService others = Executors.newCachedThreadPool(work -> new Thread(work, "axiom-erase"));
        List<Future<?>> begun = new ArrayList<>();
        try {
            begin(others, Math.min(AT_A_TIME, trees.size()) - 1, () -> eraseAll(left, erase), begun);
            eraseAll(left, erase);
        } finally {
            Uninterrupted.end(others);
        }
        begun.forEach(work -> Uninterrupted.get(work, () -> {})); // for what it threw
    }

    private static void begin(ExecutorService others, int count, Runnable work, List<Future<?>> begun) {
        try {
            for (int i = 0; i < count; i++) {
                begun.add(others.submit(work));
            }
        } catch (OutOfMemoryError noThread) {
            // so the JVM calls it if the system allows no more of them; those that there are do all the work
        }
    }

    private static <T> void eraseAll(Queue<T> left, Consumer<T> erase) {
        for (T tree = left.poll(); tree != null; tree = left.poll()) {
            erase.accept(tree);
        }
    }
}
