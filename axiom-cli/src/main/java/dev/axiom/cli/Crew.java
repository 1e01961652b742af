package dev.axiom.cli;

import dev.axiom.core.model.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some threads that do the same with each of many things. What fails for one thing does not stop the others. */
public final class Crew {
    private Crew() {}

    /**
     * What became of one thing: a result or a failure.
     *
     * @param <T> the thing
     * @param <R> the result
     */
    public record Outcome<T, R>(T thing, @Nullable R result, @Nullable RuntimeException failure) {
        private static <T, R> Outcome<T, R> of(T thing, Function<T, R> work) {
            try {
                return new Outcome<>(thing, work.apply(thing), null);
            } catch (RuntimeException failure) {
                return new Outcome<>(thing, null, failure);
            }
        }
    }

    /**
     * Works on all of them, and returns when no thread does any more.
     *
     * @param threads how many work at the same time
     * @return in the order of the things
     * @throws dev.axiom.core.model.AxiomException {@code INTERRUPTED} if this thread is; the work in progress was interrupted too then
     */
    public static <T, R> List<Outcome<T, R>> each(List<T> things, int threads, Function<T, R> work) {
        if (things.size() <= 1) {
            return things.stream().map(thing -> Outcome.of(thing, work)).toList();
        }
        ExecutorService crew = Executors.newFixedThreadPool(Math.min(threads, things.size()));
        try {
            List<Future<Outcome<T, R>>> futures = new ArrayList<>();
            things.forEach(thing -> futures.add(crew.submit(() -> Outcome.of(thing, work))));
            List<Outcome<T, R>> outcomes = new ArrayList<>();
            for (Future<Outcome<T, R>> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            throw Interruption.failure(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // such as out of memory: nothing to report of one thing
            }
            throw new IllegalStateException("only errors leave Outcome.of", e);
        } finally {
            dismiss(crew);
        }
    }

    /** Whoever closes the store next must not meet a thread that still works in it. */
    private static void dismiss(ExecutorService crew) {
        crew.shutdownNow();
        boolean ended = false;
        while (!ended) {
            try {
                ended = crew.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException again) {
                crew.shutdownNow(); // they were asked already
            }
        }
    }
}
