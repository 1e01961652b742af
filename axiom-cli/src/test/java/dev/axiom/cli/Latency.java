package dev.axiom.cli;

import dev.axiom.core.os.FileSteps;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/**
 * How long {@code package add}, {@code profile resolve} and {@code env realize} take while a collection of thousands of
 * packages is at work, and while none is. The commands run in this one process, so that no start of a JVM blurs them; the
 * collection is a process of its own. Rounds: fill the store with dead packages, untimed; time commands without a collection; start
 * one and time commands until it ends; time commands again, on the emptied store. {@code bench/latency.sh} runs it.
 */
final class Latency {
    private static final int TOOLS = 4;
    private static final int FILES = 4;
    private static final int WARM_UP = 40;

    private final String program;
    private final Path folder;
    private final Map<String, String> variables;
    private final Map<String, List<Long>> alone = new TreeMap<>();
    private final Map<String, List<Long>> collecting = new TreeMap<>();
    private final Map<String, List<Long>> waits = new ConcurrentSkipListMap<>();
    private int added;
    private int turn;
    private long collectionNanos;

    /**
     * @param program {@code bin/axiom}
     * @param folder an empty one; the pool is made in it
     */
    Latency(String program, Path folder) {
        this.program = program;
        this.folder = folder;
        this.variables = Map.of("AXIOM_POOL", "dir:" + folder.resolve("pool"), "HOME", folder.toString());
    }

    /** Four tools, a profile that wants the first, and an environment of it. */
    void prepare() throws IOException {
        must("setup");
        for (int tool = 0; tool < TOOLS; tool++) {
            must("package", "add", tree("tool" + tool, 1).toString());
            must("root", "add", "tool" + tool);
        }
        must("profile", "create", "p");
        must("profile", "add", "p", "tool0");
        must("profile", "resolve", "p");
        must("env", "realize", "e", "p");
        commands(alone, () -> turn < WARM_UP);
        alone.clear();
    }

    private Path tree(String name, int version) throws IOException {
        Path tree = folder.resolve("trees").resolve(name + "-" + version + ".0");
        Files.createDirectories(tree.resolve("bin"));
        for (int file = 0; file < FILES; file++) {
            Files.writeString(tree.resolve("bin/" + name + "-" + file), (name + version + file + "\n").repeat(60));
        }
        return tree;
    }

    /** One round, with so many dead packages. */
    void round(int dead, Duration quiet) throws Exception {
        fill(dead);
        commandsFor(quiet);
        Process collection = new ProcessBuilder(
                        program, "gc", "--grace", "0", "--keep-generations", "2", "--lock-file", folder + "/gc.lock")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gc.log").toFile())
                .directory(folder.toFile())
                .start();
        long start = System.nanoTime();
        FileSteps.listen(new FileSteps.Listener() {
            @Override
            public void next(FileSteps.Step step, Path path, Path target) {
                // only waits are of interest
            }

            @Override
            public void locked(Path lock, Duration waited) {
                waits.computeIfAbsent(
                                folder.resolve("pool").relativize(lock).toString(),
                                name -> Collections.synchronizedList(new ArrayList<>()))
                        .add(waited.toNanos());
            }
        });
        commands(collecting, collection::isAlive);
        FileSteps.ignore();
        collectionNanos += System.nanoTime() - start;
        if (collection.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("gc.log")));
        }
        commandsFor(quiet);
    }

    private void fill(int dead) throws IOException {
        List<String> add = new ArrayList<>(List.of("package", "add"));
        for (int i = 0; i < dead; i++) {
            add.add(tree("dead" + i, ++added).toString());
        }
        must(add.toArray(String[]::new));
        new ProcessBuilder("rm", "-rf", folder.resolve("trees").toString())
                .start()
                .onExit()
                .join();
    }

    private void commandsFor(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        commands(alone, () -> System.nanoTime() < end);
    }

    /** Takes the three commands in turns; what changes the profile in between, so that there is something to do, is not timed. */
    private void commands(Map<String, List<Long>> times, BooleanSupplier goOn) throws IOException {
        while (goOn.getAsBoolean()) {
            turn++;
            String tree = tree("fleeting", ++added).toString();
            timed(times, goOn, "package add", tree);
            must("profile", turn % 2 == 0 ? "remove" : "add", "p", "tool" + (1 + (turn - 1) / 2 % (TOOLS - 1)));
            timed(times, goOn, "profile resolve", "p");
            timed(times, goOn, "env realize", "e", "p");
        }
    }

    /** A command that the collection ended under is not counted: it ran without one for a part of its time. */
    private void timed(Map<String, List<Long>> times, BooleanSupplier goOn, String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(arguments));
        long start = System.nanoTime();
        must(words.toArray(String[]::new));
        long took = System.nanoTime() - start;
        if (goOn.getAsBoolean()) {
            times.computeIfAbsent(command, name -> new ArrayList<>()).add(took);
        }
    }

    private void must(String... words) {
        Environment world = new Environment(
                variables,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                System.err,
                Environment.Terminal.NONE,
                folder,
                false,
                Clock.systemUTC());
        List<String> command = new ArrayList<>(List.of("--quiet"));
        command.addAll(List.of(words));
        int code = Main.run(command, world);
        if (code != 0) {
            throw new IllegalStateException(words[0] + " " + words[1] + " ended with " + code);
        }
    }

    /** For people; times in milliseconds. */
    String report() {
        StringBuilder text = new StringBuilder();
        line(text, "command", "n", "p50", "p99", "max", "n gc", "p50 gc", "p99 gc", "max gc", "p99 ratio");
        alone.forEach((command, without) -> {
            List<Long> with = collecting.getOrDefault(command, List.of(0L));
            line(
                    text,
                    command,
                    without.size(),
                    ms(at(without, 50)),
                    ms(at(without, 99)),
                    ms(at(without, 100)),
                    with.size(),
                    ms(at(with, 50)),
                    ms(at(with, 99)),
                    ms(at(with, 100)),
                    String.format(Locale.ROOT, "%.2f", (double) at(with, 99) / at(without, 99)));
        });
        text.append("\nwaits for locks while collecting (")
                .append(ms(collectionNanos))
                .append(" ms of it)\n");
        line(text, "lock", "n", "p50", "p99", "max");
        waits.forEach((lock, times) ->
                line(text, lock, times.size(), ms(at(times, 50)), ms(at(times, 99)), ms(at(times, 100))));
        return text.toString();
    }

    private static void line(StringBuilder text, Object first, Object... rest) {
        text.append(String.format(Locale.ROOT, "%-24s", first));
        for (Object one : rest) {
            text.append(String.format(Locale.ROOT, " %9s", one));
        }
        text.append('\n');
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }

    private static long at(List<Long> times, int percent) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** Arguments: program, an empty folder, rounds, dead packages in each, and seconds without a collection in each half of one. */
    public static void main(String[] arguments) throws Exception {
        Latency latency = new Latency(arguments[0], Path.of(arguments[1]));
        latency.prepare();
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            latency.round(Integer.parseInt(arguments[3]), Duration.ofSeconds(Long.parseLong(arguments[4])));
        }
        System.out.print(latency.report());
    }
}
