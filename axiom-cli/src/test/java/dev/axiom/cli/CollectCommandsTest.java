package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.format.Source;
import dev.axiom.core.format.TimeNoteCodec;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.TimeNote;
import dev.axiom.core.model.Uptime;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.StoreLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gc}, {@code root}, {@code why}, {@code status}. */
class CollectCommandsTest {
    private final Path folder;
    private final PoolRun pool;
    private final String lock;

    CollectCommandsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.pool = new PoolRun(folder);
        this.lock = folder.resolve("gc.lock").toString();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private CliRun gc(String... options) {
        return pool.axiom(arguments(options));
    }

    private String[] arguments(String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "gc";
        all[1] = "--lock-file";
        all[2] = lock;
        System.arraycopy(options, 0, all, 3, options.length);
        return all;
    }

    private static String report(boolean dryRun, String collected, String condemned, String waiting, int live) {
        return report(dryRun, collected, condemned, waiting, "[]", live);
    }

    private static String report(
            boolean dryRun, String collected, String condemned, String waiting, String generations, int live) {
        return "{\"dryRun\":" + dryRun + ",\"collected\":" + collected + ",\"condemned\":" + condemned + ",\"waiting\":"
                + waiting + ",\"skipped\":[],\"generations\":" + generations + ",\"leftOver\":[],\"live\":" + live
                + ",\"bytesFreed\":";
    }

    /** Two generations of a profile and of its environment, with the old and the new version of a package. */
    private PackageId[] twoGenerations() throws Exception {
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        PackageId old = pool.add("tool", "1.0");
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "desk", "dev");
        PackageId fresh = pool.add("tool", "1.1");
        pool.out("profile", "resolve", "dev", "--upgrade");
        pool.out("env", "realize", "desk", "dev");
        return new PackageId[] {old, fresh};
    }

    @Test
    void whatNothingUsesGoesAfterItsGracePeriod() throws Exception {
        PackageId dead = pool.add("dead", "1.0");
        CliRun first = gc("--json");
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(first.out()).isEqualTo(report(false, "[]", "[]", PoolRun.ids(dead), 0) + "0}\n");
        assertThat(gc().err()).isEqualTo("collected 0 packages, freed 0 B; 0 in use, 1 waiting\n");
        assertThat(gc().out()).startsWith("WHAT ").contains(dead + "  waits 23h 59m more\n");
        String foreseen = gc("--grace", "0", "--dry-run", "--json").out();
        assertThat(foreseen).startsWith(report(true, "[]", PoolRun.ids(dead), "[]", 0));
        assertThat(gc("--grace", "0", "--dry-run").out()).contains(dead + "  would be collected");
        assertThat(pool.packages()).isEqualTo("dead@1.0");
        CliRun last = gc("--grace", "0", "--json");
        assertThat(last.out()).matches("(?s).*\"bytesFreed\":[1-9][0-9]*}\n");
        assertThat(last.out()).startsWith(report(false, PoolRun.ids(dead), PoolRun.ids(dead), "[]", 0));
        assertThat(pool.packages()).isEmpty();
    }

    @Test
    void aClockThatWasSetForwardIsTold() throws Exception {
        PackageId dead = pool.add("dead", "1.0");
        gc();
        aYearForward();
        assertThat(gc("--dry-run").err()).startsWith("axiom: since the collection of ");
        CliRun run = gc();
        assertThat(run.out()).contains(dead + "  waits 23h 59m more\n");
        assertThat(run.err())
                .containsPattern(
                        "the clock went forward by 365d( [0-9]+[ms])? in which the computer was not seen to run; "
                                + "1 package waits")
                .contains("--trust-clock")
                .endsWith("collected 0 packages, freed 0 B; 0 in use, 1 waiting\n");
        assertThat(gc().err()).as("once").startsWith("collected 0 packages");
        aYearForward();
        assertThat(gc("--dry-run", "--json").err())
                .as("a document of its own")
                .startsWith("{\"warning\":{\"message\":\"since the collection of ")
                .endsWith("\"}}\n");
        assertThat(gc("--trust-clock").out()).contains(dead + "  collected");
    }

    @Test
    void whyNoTimeCountsIsToldWhereTheKernelDidNotSayItsUptime() throws Exception {
        pool.add("dead", "1.0");
        gc();
        aYearForward(note -> Optional.empty());
        assertThat(gc().err())
                .contains("not seen to run, for the kernel did not always say how long it has been up; 1 package");
    }

    /** What the next collection sees if somebody sets the clock so far now. */
    private void aYearForward() throws Exception {
        aYearForward(TimeNote::uptime);
    }

    private void aYearForward(Function<TimeNote, Optional<Uptime>> uptime) throws Exception {
        Path file = pool.store.layout.collectionTime();
        TimeNote note = TimeNoteCodec.read(Source.storeFile(file));
        // A minute more: clock and uptime are not read in the same moment, and what is told is rounded down.
        Instant before = note.wall().minus(Duration.ofDays(365)).minus(Duration.ofMinutes(1));
        Files.writeString(file, TimeNoteCodec.write(new TimeNote(note.counted(), before, uptime.apply(note))));
    }

    @Test
    void withoutLimitsEveryGenerationKeepsItsPackages() throws Exception {
        twoGenerations();
        CliRun run = gc("--grace", "0", "--json");
        assertThat(run.out()).isEqualTo(report(false, "[]", "[]", "[]", 2) + "0}\n");
        assertThat(pool.packages()).isEqualTo("tool@1.0 tool@1.1");
    }

    @Test
    void withLimitsOldGenerationsOfProfilesAndEnvironmentsGoAndTheirPackagesWithThem() throws Exception {
        PackageId[] ids = twoGenerations();
        String before = pool.out("env", "generations", "desk", "--json");
        assertThat(gc("--grace", "0", "--keep-generations", "1", "--dry-run").out())
                .contains("profile dev generation 1")
                .contains("env desk generation 1")
                .contains("would be removed");
        assertThat(pool.out("env", "generations", "desk", "--json")).isEqualTo(before);
        CliRun run = gc("--grace", "0", "--keep-generations", "1", "--json");
        assertThat(run.out())
                .startsWith(report(
                        false,
                        PoolRun.ids(ids[0]),
                        PoolRun.ids(ids[0]),
                        "[]",
                        "[{\"root\":\"profile dev generation 1\",\"stays\":null},"
                                + "{\"root\":\"env desk generation 1\",\"stays\":null}]",
                        1));
        assertThat(pool.packages()).isEqualTo("tool@1.1");
        assertThat(pool.out("profile", "history", "dev", "--json")).startsWith("[{\"generation\":2,");
        assertThat(pool.out("env", "generations", "desk", "--json")).startsWith("[{\"generation\":2,");
        assertThat(pool.refusal(3, "why", "tool@1.0")).contains("tool@1.0");
    }

    @Test
    void theCurrentGenerationStaysHoweverOldItIs() throws Exception {
        twoGenerations();
        pool.out("env", "rollback", "desk");
        pool.out("profile", "rollback", "dev");
        assertThat(gc("--grace", "0", "--keep-age", "0").code()).isZero();
        assertThat(pool.packages()).isEqualTo("tool@1.0");
        assertThat(pool.out("env", "generations", "desk", "--json"))
                .startsWith("[{\"generation\":1,")
                .doesNotContain("},{");
    }

    @Test
    void youngGenerationsStay() throws Exception {
        twoGenerations();
        assertThat(gc("--grace", "0", "--keep-generations", "0", "--keep-age", "1d")
                        .code())
                .isZero();
        assertThat(pool.packages()).isEqualTo("tool@1.0 tool@1.1");
    }

    @Test
    void aGenerationThatACommandUsesStaysAndIsNamed() throws Exception {
        twoGenerations();
        try (Lease user = pool.store.pool.lease("axiom env run desk")) {
            user.open(StoreLayout.envDataset(new EnvName("desk"), 1));
            CliRun run = gc("--grace", "0", "--keep-generations", "1");
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("env desk generation 1").contains("stays: in use by axiom env run desk");
            assertThat(pool.out("why", "tool@1.0")).contains("env desk generation 1");
        }
        assertThat(pool.packages()).contains("tool@1.0");
        assertThat(gc("--grace", "0", "--keep-generations", "1", "--quiet")).isEqualTo(new CliRun(0, "", ""));
        assertThat(pool.packages()).isEqualTo("tool@1.1");
    }

    @Test
    void whatIsHeldThoughNoRootListsItStaysAndTheHolderIsNamedInWords() throws Exception {
        PackageId id = pool.add("held", "1.0");
        pool.store.pool.hold(new HoldTag("profile:gone:3"), List.of(StoreLayout.packageDataset(id)));
        String reason = "it is held for profile gone generation 3, though no record says so";
        String skipped = "\"skipped\":[{\"id\":\"" + id + "\",\"reason\":\"" + reason + "\"}]";
        assertThat(gc("--grace", "0", "--json").out()).contains(skipped).contains("\"condemned\":[]");
        assertThat(gc("--grace", "0", "--json", "--dry-run").out())
                .contains(skipped)
                .contains("\"condemned\":[]")
                .contains("\"bytesFreed\":0");
        CliRun text = gc("--grace", "0");
        assertThat(text.out()).contains(id + "  stays: " + reason + "\n");
        assertThat(text.err()).startsWith("axiom: " + id + " stays: " + reason + "\n");
        assertThat(pool.packages()).isEqualTo("held@1.0");
    }

    @Test
    void aCeilingEndsARunAndTheNextGoesOn() throws Exception {
        pool.add("one", "1.0");
        pool.add("two", "1.0");
        CliRun first = gc("--grace", "0", "--max-freed", "1", "--json");
        assertThat(first.out()).contains("\"waiting\":[\"two@1.0_1+");
        assertThat(pool.packages()).isEqualTo("two@1.0");
        gc("--grace", "0", "--max-freed", "1");
        assertThat(pool.packages()).isEmpty();
    }

    @Test
    void theConfigurationGivesTheRulesAndTheCommandLineOverrulesThem() throws Exception {
        pool.add("dead", "1.0");
        Path config = Files.writeString(
                folder.resolve("config.yaml"), "gc:\n  grace: 0\n  lock-file: " + folder.resolve("other.lock") + "\n");
        String[] configured = {"gc", "--config", config.toString()};
        assertThat(pool.out("gc", "--config", config.toString(), "--grace", "1h", "--json"))
                .contains("\"collected\":[]");
        assertThat(folder.resolve("other.lock")).exists();
        assertThat(pool.out(configured)).contains("collected");
        assertThat(pool.packages()).isEmpty();
    }

    @Test
    void aSecondCollectionIsRefusedAndTheFirstIsNamed() throws Exception {
        try (FileLock held = FileLock.exclusive(
                new FileLock.Request(Path.of(lock), "the lock", Duration.ZERO, "axiom gc of another"))) {
            assertThat(pool.refusal(7, arguments()))
                    .contains("axiom gc of another")
                    .contains("gc.lock");
            assertThat(gc("--dry-run").code()).isZero();
        }
    }

    @Test
    void aSecondPoolWithTheSameLockFileIsToldOfTheFirstAndOfAFileOfItsOwn() throws Exception {
        try (PoolRun second = new PoolRun(folder.resolve("second"));
                FileLock held = FileLock.exclusive(new FileLock.Request(
                        Path.of(lock), "the lock", Duration.ZERO, "axiom gc of dir:" + pool.pool()))) {
            second.add("dead", "1.0");
            CliRun cron = second.axiom("gc", "--quiet", "--grace", "0", "--lock-file", lock);
            assertThat(cron.code()).isEqualTo(7);
            assertThat(cron.out()).isEmpty();
            assertThat(cron.err())
                    .startsWith(
                            "axiom: a collection of another pool, dir:" + pool.pool() + ", is running: axiom gc (pid ")
                    .contains("holds " + lock + "\n")
                    .contains("hint: ")
                    .contains("--lock-file PATH");
            String own = folder.resolve("second.lock").toString();
            second.out("gc", "--quiet", "--grace", "0", "--lock-file", own);
            assertThat(second.packages()).isEmpty();
        }
    }

    @Test
    void aDamagedRootStopsTheCollectionAndIsNamed() throws Exception {
        twoGenerations();
        pool.add("dead", "1.0");
        Path record = pool.pool().resolve("state/envs/desk/generations/1.env.yaml");
        Files.writeString(record, "env: desk\n");
        assertThat(pool.refusal(8, arguments("--grace", "0", "--keep-generations", "1")))
                .contains("1.env.yaml");
        assertThat(pool.refusal(8, arguments("--dry-run"))).contains("1.env.yaml");
        assertThat(pool.packages()).isEqualTo("dead@1.0 tool@1.0 tool@1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gc --force", "gc now", "gc --keep-generations many", "why", "root", "root add", "status x"})
    void whatIsNotUnderstoodCollectsNothing(String line) throws Exception {
        pool.add("dead", "1.0");
        assertThat(pool.refusal(2, line.split(" "))).startsWith("axiom: ");
        assertThat(pool.packages()).isEqualTo("dead@1.0");
    }

    @Test
    void aDurationOrSizeThatIsNoneIsInvalid() {
        assertThat(pool.refusal(2, arguments("--grace", "soon"))).contains("--grace: ", "'soon'");
        assertThat(pool.refusal(2, arguments("--max-freed", "much"))).contains("'much'");
        assertThat(pool.refusal(2, arguments("--keep-generations", "-1"))).contains("keep-generations");
    }

    @Test
    void pinsKeepPackages() throws Exception {
        PackageId id = pool.add("tool", "1.0");
        String pin = "{\"root\":\"base\",\"reason\":\"it boots\",\"packages\":" + PoolRun.ids(id) + "}";
        assertThat(pool.out("root", "add", "tool", "--name", "base", "--reason", "it boots", "--json"))
                .isEqualTo(pin + "\n");
        assertThat(pool.refusal(4, "root", "add", "tool", "--name", "base")).contains("base");
        assertThat(pool.refusal(3, "root", "add", "nothing")).contains("nothing");
        assertThat(pool.axiom("root", "add", id.toString()).err()).isEqualTo("pin 'tool-1.0_1' keeps " + id + "\n");
        assertThat(pool.out("root", "list", "--json"))
                .isEqualTo("[" + pin + ",{\"root\":\"tool-1.0_1\",\"reason\":\"\",\"packages\":" + PoolRun.ids(id)
                        + "}]\n");
        assertThat(pool.out("root", "list")).contains("base").contains("it boots");
        gc("--grace", "0");
        assertThat(pool.packages()).isEqualTo("tool@1.0");
        assertThat(pool.out("root", "remove", "base", "--json")).isEqualTo("{\"root\":\"base\",\"removed\":true}\n");
        assertThat(pool.refusal(3, "root", "remove", "base")).contains("there is no pin 'base'");
        pool.out("root", "remove", "tool"); // the package whose pin was given no name
        gc("--grace", "0");
        assertThat(pool.packages()).isEmpty();
    }

    @Test
    void aPinThatSomebodyNamedGoesByThatNameAlone() throws Exception {
        pool.add("tool", "1.0");
        pool.add("tool", "2.0");
        pool.out("root", "add", "tool@1.0", "--name", "audit");
        pool.out("root", "add", "tool@1.0");
        pool.out("root", "remove", "tool");
        assertThat(pool.refusal(3, "root", "remove", "tool"))
                .startsWith("axiom: there is no pin 'tool'; a package of that name is kept by 'audit'\n")
                .contains("axiom root remove audit");
        pool.out("root", "add", "tool@1.0");
        pool.out("root", "add", "tool@2.0");
        assertThat(pool.refusal(4, "root", "remove", "tool")).contains("'tool-1.0_1', 'tool-2.0_1'");
        assertThat(pool.out("root", "list", "--json")).contains("audit", "tool-1.0_1", "tool-2.0_1");
    }

    @Test
    void whyNamesTheChainsFromEveryRoot() throws Exception {
        PackageId lib = pool.add("lib", "1.0");
        PackageId tool = pool.add("tool", "2.0", "lib@^1");
        assertThat(pool.out("why", "lib", "--json"))
                .isEqualTo("{\"id\":\"" + lib + "\",\"live\":false,\"chains\":[],\"lost\":[],\"deadSince\":null}\n");
        assertThat(pool.out("why", "lib")).contains("used by nothing");
        gc();
        assertThat(pool.out("why", "lib", "--json")).matches("\\{.*\"deadSince\":\"[0-9T:-]+Z\"\\}\n");
        assertThat(pool.out("why", "lib")).contains("dead since");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("why", lib.buildId().value(), "--json"))
                .isEqualTo("{\"id\":\"" + lib + "\",\"live\":true,\"chains\":[[\"profile dev generation 1\",\"" + tool
                        + "\",\"" + lib + "\"]],\"lost\":[],\"deadSince\":null}\n");
        assertThat(pool.out("why", "lib"))
                .isEqualTo(lib + " is in use:\n  profile dev generation 1 -> " + tool + " -> " + lib + "\n");
        assertThat(pool.refusal(3, "why", "nothing")).contains("nothing");
        assertThat(pool.refusal(2, "why", "@@")).contains("not valid");
    }

    @Test
    void theStatusCountsWhatThereIs() throws Exception {
        twoGenerations();
        pool.add("dead", "1.0");
        assertThat(pool.out("status")).contains("no collection yet").contains("packages");
        gc();
        assertThat(pool.out("status", "--json"))
                .matches("\\{\"pool\":\"dir:.*\",\"packages\":\\{\"count\":3,\"bytes\":[0-9]+\\},"
                        + "\"live\":\\{\"count\":2,\"bytes\":[0-9]+\\},\"waiting\":\\{\"count\":1,\"bytes\":[0-9]+\\},"
                        + "\"collectable\":\\{\"count\":0,\"bytes\":0\\},"
                        + "\"environments\":\\{\"count\":2,\"bytes\":[0-9]+\\},"
                        + "\"roots\":\\{\"profile\":2,\"env\":2,\"pin\":0\\},\"leases\":\\[\\],"
                        + "\"lastCollection\":\\{\"ended\":\"[0-9T:-]+Z\",\"collected\":0,\"bytesFreed\":0,"
                        + "\"interrupted\":false\\}\\}\n");
        assertThat(pool.out("status")).contains("last collection: ").contains("dead, in their grace period");
    }
}
