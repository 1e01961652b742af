package dev.axiom.gc.schedule;

import dev.axiom.core.pool.SimulatedPool;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a setup leaves: a store to start schedules from, all in the same folder, one after another. The commands of a
 * setup run once for each thread that runs schedules, since links name the folder.
 */
record Start(Path top, FolderImage files, SimulatedPool.Image pool, Instant time) {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ThreadLocal<Path> TOP = ThreadLocal.withInitial(() ->
            InMemory.PLACE.resolve("axiom-schedule-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet()));
    private static final ThreadLocal<Map<String, Start>> MADE = ThreadLocal.withInitial(HashMap::new);

    /** What these commands lead to; in a folder that only this thread may use. */
    static Start after(String setup) {
        return MADE.get().computeIfAbsent(setup, commands -> make(TOP.get(), commands));
    }

    private static Start make(Path top, String setup) {
        try (Bench bench = new Bench(Files.createDirectory(top), setup.hashCode(), Set.of())) {
            Commands commands = new Commands(bench, bench.real);
            for (String command : setup.split(";", -1)) {
                List<String> words = List.of(command.strip().split(" ", -1));
                if (words.get(0).equals("put")) {
                    words.stream().skip(1).forEach(name -> Template.of(name).put(bench.pool));
                } else if (!words.get(0).isEmpty()) {
                    commands.run(command);
                }
            }
            return new Start(top, FolderImage.of(top), bench.pool.image(), bench.clock.look());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A store like that; it must be closed before this thread gets another.
     *
     * @param seed for the pool's choices
     */
    Bench bench(long seed, Set<Mutation> mutations) {
        try {
            files.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Bench bench = new Bench(top, seed, mutations);
        bench.pool.become(pool);
        bench.clock.set(time);
        return bench;
    }
}
