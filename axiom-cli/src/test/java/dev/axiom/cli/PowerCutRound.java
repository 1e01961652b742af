package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.Pool;
import dev.axiom.zfs.ZfsPools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One round of {@code scripts/test-powercut.sh}, run in the guest: checks what the last power cut left, then works until the
 * next one. The cuts go in turn to adding, resolving, realizing and collecting.
 */
final class PowerCutRound {
    private static final List<String> TURNS = List.of("add", "resolve", "realize", "gc");
    private static final int ENOUGH_ROUNDS = 50;

    private final String pool;
    private final int round;
    private final PowerCutJournal journal;
    private final VersionedTrees trees;

    private PowerCutRound(String pool, Path shared, int round) throws IOException {
        this.pool = pool;
        this.round = round;
        this.journal = new PowerCutJournal(shared.resolve("journal"));
        int version = round == 1 ? 0 : number(journal.last(false, "add").orElseThrow());
        this.trees = new VersionedTrees(Path.of("/tmp/trees"), version);
    }

    /** Arguments: the pool, the folder that outlives a cut, the number of this round, how many cuts there shall be. */
    public static void main(String[] args) throws Exception {
        PowerCutRound round = new PowerCutRound(args[0], Path.of(args[1]), Integer.parseInt(args[2]));
        if (round.round == 1) {
            round.prepare();
        } else {
            round.checkAfterCut();
        }
        if (round.round <= Integer.parseInt(args[3])) {
            round.workUntilCut();
        }
        // After one more command of each kind.
        for (String command : TURNS) {
            round.perform(command);
        }
        round.check(round.journal.entries());
        System.out.println("whole after all power cuts");
    }

    private void prepare() throws IOException {
        axiom("setup");
        axiom("profile", "create", "dev");
        axiom("profile", "add", "dev", "tool0", "tool1");
        for (String command : TURNS) {
            perform(command);
        }
    }

    private void checkAfterCut() throws IOException {
        List<PowerCutJournal.Entry> entries = journal.entries();
        PowerCutJournal.Entry last = entries.get(entries.size() - 1);
        System.out.printf("round %d: the power went %s %s%n", round, last.done() ? "after" : "during", last.command());
        check(entries);
    }

    /** Nothing is half there, and what a command had said to be done is still done. */
    private void check(List<PowerCutJournal.Entry> entries) throws IOException {
        try (Pool opened = open()) {
            Wholeness.check(opened, "dev", "work");
        }
        checkAdded(entries);
        checkGeneration("resolve", axiom("profile", "show", "dev", "--json"));
        checkGeneration("realize", axiom("env", "show", "work", "--json"));
        axiom("package", "verify", "--all");
    }

    /** What was added since the last collection began must all be there; what a collection took must not. */
    private void checkAdded(List<PowerCutJournal.Entry> entries) throws IOException {
        List<String> present = texts("id", axiom("package", "list", "--json"));
        assertThat(present).doesNotHaveDuplicates();
        List<String> expected = new ArrayList<>();
        for (PowerCutJournal.Entry entry : entries) {
            if (entry.done() && entry.command().equals("add")) {
                expected.addAll(List.of(entry.detail().split(",")));
            } else if (entry.command().equals("gc")) {
                expected.clear();
                if (entry.done()) {
                    assertThat(present).doesNotContain(entry.detail().split(","));
                }
            }
        }
        assertThat(present).as("what was added").containsAll(expected);
    }

    /** The current generation is the one last told of, or the one that was being made when the power went. */
    private void checkGeneration(String command, String shown) throws IOException {
        int told = number(journal.last(true, command).orElseThrow());
        assertThat(generation(shown)).as(command).isBetween(told, told + 1);
    }

    private void workUntilCut() throws IOException {
        String turn = TURNS.get(round % TURNS.size());
        boolean asked = false;
        for (int repeated = 0; repeated < ENOUGH_ROUNDS; repeated++) {
            for (String command : TURNS) {
                if (!asked && command.equals(turn)) {
                    asked = true;
                    // Half as long again as it took last, so that what follows is met too.
                    long usual = number(journal.last(true, "took-" + command).orElseThrow());
                    System.out.printf("power-cut: within %d ms%n", usual + usual / 2);
                }
                perform(command);
            }
        }
        throw new AssertionError("nobody has cut the power");
    }

    private void perform(String command) throws IOException {
        List<String> sources = command.equals("add") ? trees.next() : List.of();
        journal.begin(command, trees.version());
        long start = System.nanoTime();
        String result =
                switch (command) {
                    case "add" -> String.join(",", texts("id", add(sources)));
                    case "resolve" -> "" + generation(axiom("profile", "resolve", "dev", "--upgrade", "--json"));
                    case "realize" -> "" + generation(axiom("env", "realize", "work", "dev", "--json"));
                    default -> String.join(",", collected(collect()));
                };
        journal.done("took-" + command, (System.nanoTime() - start) / 1_000_000);
        journal.done(command, result);
    }

    private String add(List<String> sources) {
        return axiom(Stream.concat(Stream.of("package", "add", "--json"), sources.stream())
                .toArray(String[]::new));
    }

    private String collect() {
        return axiom("gc", "--grace", "0", "--keep-generations", "2", "--lock-file", "/tmp/gc.lock", "--json");
    }

    private String axiom(String... arguments) {
        CliRun run = CliRun.in(Map.of("HOME", "/tmp", "AXIOM_POOL", pool), arguments);
        assertThat(run.code()).as("%s: %s", List.of(arguments), run).isZero();
        return run.out();
    }

    private Pool open() {
        PoolLocation location = PoolLocation.parse(pool, "the test");
        return location.kind() == PoolLocation.Kind.ZFS
                ? ZfsPools.open(location.name())
                : DirectoryPool.open(Path.of(location.name()));
    }

    private static int number(PowerCutJournal.Entry entry) {
        return Integer.parseInt(entry.detail());
    }

    private static int generation(String json) {
        Matcher matcher = Pattern.compile("\"generation\":(\\d+)").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static List<String> collected(String json) {
        Matcher matcher = Pattern.compile("\"collected\":\\[([^]]*)]").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(matcher.group(1))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> texts(String field, String json) {
        return Pattern.compile("\"" + field + "\":\"([^\"]+)\"")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
