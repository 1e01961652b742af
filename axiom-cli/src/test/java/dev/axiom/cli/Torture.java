package dev.axiom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Real processes that do everything at once on one pool, for a given time, against collections without a grace period that
 * never rest, while one in eight is killed with SIGKILL. What the profiles want is pinned, so that no command may fail
 * because of a collection: each has a list of exit codes that it may end with, and any other is a failure. Works on a pool of
 * either kind.
 */
final class Torture {
    private static final int TOOLS = 4;
    private static final int OWNERS = 3;
    private static final int ONE_IN = 8;

    /** How many milliseconds those who are killed live at most; longer where a command takes longer. */
    private static final int KILL_WITHIN = Integer.getInteger("axiom.torture.kill", 1600);

    /** How long a command may take, in seconds, before it counts as one that hangs. */
    private static final int PATIENCE = Integer.getInteger("axiom.torture.patience", 300);

    private static final Pattern COLLECTED = Pattern.compile("\"collected\":\\[([^]]*)]");

    private final String program;
    private final String pool;
    private final Path folder;
    private final long seed;
    private final Map<String, AtomicInteger> operations = new ConcurrentSkipListMap<>();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger collections = new AtomicInteger();
    private final AtomicInteger collected = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * @param program {@code bin/axiom}
     * @param pool where, such as {@code dir:/some/folder}; it must be new
     * @param folder for sources and locks
     */
    Torture(String program, String pool, Path folder, long seed) {
        this.program = program;
        this.pool = pool;
        this.folder = folder;
        this.seed = seed;
    }

    /** One thing that a client does. */
    private record Work(String words, Set<Integer> mayEndWith) {}

    /** A pinned version of each tool, and profiles and environments of them. */
    void prepare() throws Exception {
        must("setup");
        List<String> add = new ArrayList<>(List.of("package", "add"));
        for (int tool = 0; tool < TOOLS; tool++) {
            add.add(tree("tool" + tool, "1.0").toString());
        }
        must(add.toArray(String[]::new));
        for (int tool = 0; tool < TOOLS; tool++) {
            must("root", "add", "tool" + tool, "--name", "keep" + tool);
        }
        for (int owner = 0; owner < OWNERS; owner++) {
            must("profile", "create", "p" + owner);
            must("profile", "add", "p" + owner, "tool0");
            must("profile", "resolve", "p" + owner);
            must("env", "realize", "e" + owner, "p" + owner);
        }
    }

    private Path tree(String name, String version) throws IOException {
        Path tree = folder.resolve("trees").resolve(name + "-" + version);
        Path tool = tree.resolve("bin").resolve(name);
        if (Files.notExists(tool)) {
            Files.createDirectories(tree.resolve("bin"));
            Path draft = Files.writeString(tree.resolve(name), "#!/bin/sh\necho whole\n");
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(draft, tool);
        }
        return tree;
    }

    /** Lets so many clients and one collector work until the time is over, and waits for all of them. */
    void run(int clients, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(clients + 1);
        try {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> collect(new Random(seed), end)));
            for (int client = 1; client <= clients; client++) {
                int number = client;
                running.add(threads.submit(() -> work(number, end)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int collect(Random random, long end) throws Exception {
        while (System.nanoTime() < end) {
            Work work = new Work(
                    "gc --grace 0 --keep-generations 2 --json --lock-file " + folder.resolve("gc.lock"), Set.of(0));
            String said = one(work, random);
            Matcher matcher = COLLECTED.matcher(said);
            if (matcher.find()) {
                collections.incrementAndGet();
                collected.addAndGet(
                        matcher.group(1).isEmpty() ? 0 : matcher.group(1).split(",", -1).length);
            }
        }
        return collections.get();
    }

    private int work(int client, long end) throws Exception {
        Random random = new Random(seed + client);
        int done = 0;
        while (System.nanoTime() < end) {
            one(choose(random, client), random);
            done++;
        }
        return done;
    }

    private Work choose(Random random, int client) throws IOException {
        int owner = random.nextInt(OWNERS);
        String tool = "tool" + (1 + random.nextInt(TOOLS - 1));
        String fleeting = "fleeting" + random.nextInt(4);
        return switch (random.nextInt(17)) {
            case 0, 1, 2 -> new Work("package add " + tree(fleeting, client + "." + random.nextInt(3)), Set.of(0));
            case 3 -> new Work("profile add p" + owner + " " + tool, Set.of(0));
            case 4 -> new Work("profile remove p" + owner + " " + tool, Set.of(0, 3));
            case 5, 6 -> new Work("profile resolve p" + owner + " --upgrade", Set.of(0));
            case 7, 8 -> new Work("env realize e" + owner + " p" + owner, Set.of(0));
            case 9 -> new Work("env run e" + owner + " -- tool0", Set.of(0));
            case 10 -> new Work("env rollback e" + owner, Set.of(0, 3)); // there may be none before
            case 11 -> new Work("profile rollback p" + owner, Set.of(0, 3));
            case 12 -> new Work("package remove " + fleeting, Set.of(0, 3, 4, 7)); // gone, several, or in use
            case 13, 14, 15 -> ofItsOwn(random.nextInt(6), client);
            default ->
                random.nextBoolean()
                        ? new Work("root add " + fleeting + " --name pin" + client, Set.of(0, 3, 4))
                        : new Work("root remove pin" + client, Set.of(0, 3));
        };
    }

    /** A profile and an environment that one client alone makes and deletes; what a killed command of its left is not known. */
    private static Work ofItsOwn(int which, int client) {
        String profile = "own" + client;
        return switch (which) {
            case 0 -> new Work("profile create " + profile, Set.of(0, 4)); // there may be one
            case 1 -> new Work("profile add " + profile + " tool" + client % TOOLS, Set.of(0, 3));
            case 2 -> new Work("profile resolve " + profile, Set.of(0, 3));
            case 3 -> new Work("env realize " + profile + " " + profile, Set.of(0, 3));
            case 4 -> new Work("env remove " + profile, Set.of(0, 3));
            default -> new Work("profile delete " + profile, Set.of(0, 3));
        };
    }

    /** Runs one command, or kills it; what it said. */
    private String one(Work work, Random random) throws Exception {
        Path out = Files.createTempFile(folder, "said", "");
        Process process = start(List.of(work.words().split(" ")), out);
        boolean kill = random.nextInt(ONE_IN) == 0;
        operations
                .computeIfAbsent(work.words().replaceAll("^(\\w+ [a-z]+|gc).*", "$1"), name -> new AtomicInteger())
                .incrementAndGet();
        if (kill && !process.waitFor(KILL_WITHIN / 16 + random.nextInt(KILL_WITHIN), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            kills.incrementAndGet();
            return "";
        }
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            failures.add(work.words() + " does not end");
            return "";
        }
        String said = Files.readString(out, StandardCharsets.UTF_8);
        if (!work.mayEndWith().contains(process.exitValue())) {
            failures.add(work.words() + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }

    private void must(String... words) throws Exception {
        Path out = Files.createTempFile(folder, "said", "");
        int code = start(List.of(words), out).waitFor();
        if (code != 0) {
            failures.add(String.join(" ", words) + " ended with " + code + ": " + Files.readString(out));
        }
    }

    private Process start(List<String> words, Path out) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "--pool", pool, "--lock-timeout", "5m"));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    /** After all that: environments work, one more collection, and every package has the content it was sealed with. */
    void audit() throws Exception {
        for (int owner = 0; owner < OWNERS; owner++) {
            must("env", "run", "e" + owner, "--", "tool0");
        }
        must("gc", "--grace", "0", "--lock-file", folder.resolve("gc.lock").toString());
        must("package", "verify", "--all");
    }

    /** Commands that ended as they must not, with what they said; whatever was lost shows here. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int kills() {
        return kills.get();
    }

    int collections() {
        return collections.get();
    }

    /** For people. */
    String report() {
        int all = operations.values().stream().mapToInt(AtomicInteger::get).sum();
        return all + " operations " + operations + "\n" + collections + " collections, " + collected
                + " packages collected\n" + kills + " kills\n" + failures.size() + " failures of clients";
    }

    /** Arguments: program, pool, a folder, seconds, clients, and a seed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Torture torture = new Torture(arguments[0], arguments[1], folder, Long.parseLong(arguments[5]));
        torture.prepare();
        torture.run(Integer.parseInt(arguments[4]), Duration.ofSeconds(Long.parseLong(arguments[3])));
        torture.audit();
        System.out.println(torture.report());
        torture.failures().forEach(System.out::println);
        System.exit(torture.failures().isEmpty() ? 0 : 1);
    }
}
