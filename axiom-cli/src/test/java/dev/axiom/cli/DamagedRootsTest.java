package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Something among the records cannot be understood. Whoever has nothing to do with it goes on working and is told; a
 * collection stops; and there is a way out.
 */
class DamagedRootsTest {
    private static final String DEAD = UUID.randomUUID().toString();

    private final PoolRun pool;
    private final Path folder;
    private final PackageId lib;

    DamagedRootsTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = folder;
        this.pool = new PoolRun(folder);
        this.lib = pool.add("lib", "1.0");
    }

    /** A profile, an environment and a pin, two generations each where there are generations. */
    @BeforeEach
    void fill() throws IOException {
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "lib");
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "desk", "dev");
        pool.add("lib", "2.0");
        pool.out("profile", "resolve", "dev", "--upgrade");
        pool.out("env", "realize", "desk", "dev");
        pool.out("profile", "create", "other");
        pool.out("profile", "add", "other", "lib");
        pool.out("root", "add", "lib@1.0", "--name", "keep");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Path state(String name) {
        return pool.pool().resolve("state").resolve(name);
    }

    private Path cut(String name) throws IOException {
        Path file = state(name);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        return file;
    }

    private List<String> holds(PackageId id) {
        return pool.store.pool.holds(List.of(StoreLayout.packageDataset(id))).values().stream()
                .flatMap(tags -> tags.stream().map(tag -> tag.value()))
                .sorted()
                .toList();
    }

    private void assertOthersWork(String trouble) throws IOException {
        assertOthersAdd(trouble);
        assertThat(pool.refusal(8, "package", "remove", "tree"))
                .as("it may be what is damaged that needs it")
                .contains(trouble);
    }

    /** One of each kind of command that writes, none of which needs what is damaged; and the collector. */
    private void assertOthersAdd(String trouble) throws IOException {
        Path tree = Files.createDirectories(
                folder.resolve("tree-" + UUID.randomUUID()).resolve("bin"));
        Files.writeString(tree.resolve("run"), trouble);
        List<String> before = holds(lib);
        for (String command : List.of(
                "package add " + tree.getParent() + " --name tree --version 1.0",
                "profile create new",
                "profile add new lib",
                "profile resolve new",
                "profile rollback new 1",
                "profile remove new lib",
                "env realize play new",
                "env rollback play 1",
                "env remove play",
                "profile delete new",
                "setup")) {
            CliRun run = pool.axiom(command.split(" "));
            assertThat(run.code()).as("%s: %s", command, run).isZero();
            assertThat(run.err().split(Pattern.quote(trouble), -1))
                    .as("told once: %s", run)
                    .hasSize(2);
        }
        assertThat(holds(lib)).isEqualTo(before);
        for (String gc : List.of("gc", "gc --dry-run")) {
            String complaint = pool.refusal(8, (gc + " --grace 0 --lock-file " + folder.resolve("l")).split(" "));
            assertThat(complaint).contains(trouble);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pins/notes~",
                "profiles/notes~",
                "profiles/dev/generations/1.lock.yaml.orig",
                "envs/notes~",
                "envs/desk/generations/1.env.yaml.swp"
            })
    void aStrayFileStopsOnlyTheCollector(String name) throws IOException {
        Path stray = Files.writeString(state(name), "");
        assertOthersWork(stray.toString());
        assertThat(stray).exists();
    }

    @Test
    void aStrayFileAmongTheEnvironmentsStopsOnlyTheCollector() throws IOException {
        Files.writeString(pool.pool().resolve("env/.DS_Store"), "");
        assertOthersAdd("'.DS_Store' in " + pool.pool().resolve("env") + " is none of Axiom's files");
    }

    @Test
    void aLinkToItselfAmongTheProfilesStopsOnlyTheCollector() throws IOException {
        Path link = Files.createSymbolicLink(state("profiles/loop"), Path.of("loop"));
        assertOthersWork(link.toString());
    }

    @Test
    void aFileInThePlaceOfTheProfilesStopsOnlyTheCollectorAndProfiles() throws IOException {
        Path profiles = state("profiles");
        Files.move(profiles, state("aside"));
        Files.writeString(profiles, "");
        String trouble = profiles + ": it is not a folder";
        for (String command : List.of("setup", "root add lib@1.0 --name more", "env rollback desk 1")) {
            CliRun run = pool.axiom(command.split(" "));
            assertThat(run.code()).as("%s", run).isZero();
            assertThat(run.err().split(Pattern.quote(trouble), -1))
                    .as("%s", run)
                    .hasSize(2);
        }
        assertThat(pool.refusal(8, "gc", "--lock-file", folder.resolve("l").toString()))
                .contains(trouble);
    }

    /** Its name is taken in the trash, where everything goes first; files that nobody may delete do the same. */
    @Test
    void whatCannotBeClearedAwayStopsNobodyAndNoCollection() throws IOException {
        PackageId dead = pool.add("dead", "1.0");
        Path stays = pool.pool().resolve("staging/" + DEAD + "-1");
        Path other = pool.pool().resolve("staging/" + DEAD + "-2");
        String gc = "gc --grace 0 --lock-file " + folder.resolve("l");
        for (String command : List.of("profile create new", "root add lib@1.0 --name more", gc)) {
            Files.createDirectories(stays);
            Files.createDirectories(other);
            Files.createDirectories(pool.pool().resolve("trash/" + DEAD + "-1/folder"));
            String trouble = "cannot remove " + stays + ", which a command left that is dead: ";
            CliRun run = pool.axiom(command.split(" "));
            assertThat(run.code()).as("%s", run).isZero();
            assertThat(run.err().split(Pattern.quote(trouble), -1))
                    .as("%s", run)
                    .hasSize(2);
            assertThat(other).as("it keeps no other").doesNotExist();
        }
        assertThat(pool.store.packages.find(dead)).as("it was collected").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"removing", "preparing"})
    void whatAKilledCommandLeftDamagedStopsOnlyTheCollector(String what) throws IOException {
        Path file = cut("pins/keep.pin.yaml");
        Path inWork = Files.move(file, file.resolveSibling(file.getFileName() + "." + what + "." + DEAD));
        assertOthersWork(inWork.toString());
        assertThat(inWork).exists();
    }

    @Test
    void aDeletionThatCannotBeFinishedStopsOnlyTheCollector() throws IOException {
        Path lock = cut("profiles/dev/generations/1.lock.yaml");
        Files.move(state("profiles/dev/profile.yaml"), state("profiles/dev/deleted-profile.yaml"));
        assertOthersWork(lock.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDeletionIsRefusedWholeForAnyDamagedLockFile(int number) throws IOException {
        Path lock = cut("profiles/dev/generations/" + number + ".lock.yaml");
        String before = holds(lib).toString();

        assertThat(pool.refusal(8, "profile", "delete", "dev")).contains(lock.toString());

        assertThat(state("profiles/dev/profile.yaml")).exists();
        assertThat(holds(lib)).hasToString(before);
        CliRun next = pool.axiom("profile", "create", "new");
        assertThat(next).isEqualTo(new CliRun(0, "", "created profile 'new'\n"));
    }

    @Test
    void aProfileThatLostItsFileIsListedAndNotMadeAnew() throws IOException {
        Path file = state("profiles/dev/profile.yaml");
        Files.delete(file);

        CliRun list = pool.axiom("profile", "list");
        assertThat(list.code()).isEqualTo(8);
        assertThat(list.out()).contains("other");
        assertThat(list.err())
                .isEqualTo("axiom: profile 'dev' has lost its file " + file
                        + ", but its generations are there, and keep their packages\n"
                        + "hint: put the file back, or give the profile up: axiom profile delete dev\n");
        assertThat(pool.refusal(8, "profile", "show", "dev")).contains("axiom profile delete dev");
        assertThat(pool.refusal(8, "profile", "create", "dev")).contains("axiom profile delete dev");
        assertThat(holds(lib)).contains("profile:dev:1");

        pool.out("profile", "delete", "dev");
        assertThat(holds(lib)).containsExactly("env:desk:1", "pin:keep");
        pool.out("profile", "create", "dev");
    }

    /** The way out of every damaged record: it is named, refused without the word, and gone with it, holds and all. */
    @ParameterizedTest
    @CsvSource({
        "pins/keep.pin.yaml, root remove keep, pin:keep, root list",
        "envs/desk/generations/1.env.yaml, env remove desk --generation 1, env:desk:1, env list",
        "envs/desk/generations/2.env.yaml, env remove desk --generation 2, env:desk:2, env list",
        "profiles/dev/generations/1.lock.yaml, profile delete dev --generation 1, profile:dev:1, profile history dev",
        "profiles/dev/generations/2.lock.yaml, profile delete dev --generation 2, profile:dev:2, profile list"
    })
    void theHintOfADamagedRecordIsTheWayOut(String name, String command, String tag, String list) throws IOException {
        Path file = cut(name);

        CliRun listed = pool.axiom(list.split(" "));
        assertThat(listed.code()).as("%s", listed).isEqualTo(8);
        assertThat(listed.err())
                .contains(file + ":", "the document is cut off")
                .contains("hint: what it holds stays held; put the file back from a backup, or give it up: axiom "
                        + command + " --damaged\n");
        assertThat(pool.axiom(command.split(" ")).code()).isIn(7, 8);
        assertThat(file).exists();
        assertThat(tags()).contains(tag);

        pool.out((command + " --damaged").split(" "));

        assertThat(file).doesNotExist();
        assertThat(tags()).doesNotContain(tag);
        pool.out(list.split(" "));
        pool.out("gc", "--lock-file", folder.resolve("l").toString());
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "desk", "dev");
        pool.out("root", "add", "lib@2.0", "--name", "keep" + (name.startsWith("pins") ? "" : "2"));
    }

    private String gc(String... more) {
        List<String> words = new ArrayList<>(
                List.of("gc", "--grace", "0", "--lock-file", folder.resolve("l").toString()));
        words.addAll(List.of(more));
        return pool.out(words.toArray(String[]::new));
    }

    private List<String> tags() {
        return pool.store.packages.list().stream()
                .flatMap(stored -> holds(stored.id()).stream())
                .toList();
    }

    @Test
    void oneDamagedRecordHidesNoOther() throws IOException {
        pool.out("root", "add", "lib@2.0", "--name", "other");
        pool.out("env", "realize", "play", "dev");
        pool.out("profile", "resolve", "other");
        cut("pins/keep.pin.yaml");
        cut("envs/desk/generations/2.env.yaml");
        cut("profiles/dev/generations/2.lock.yaml");
        for (String list : List.of("root list", "env list", "profile list")) {
            CliRun run = pool.axiom(list.split(" "));
            assertThat(run.code()).as("%s", run).isEqualTo(8);
            assertThat(run.out()).as("%s", run).containsAnyOf("other", "play");
        }
        CliRun json = pool.axiom("root", "list", "--json");
        assertThat(json.out()).startsWith("[{\"root\":\"other\"");
        assertThat(json.err()).startsWith("{\"error\":{\"code\":\"corrupt\"");
        pool.out("root", "remove", "other");
    }

    /** One error, one document: what a start passed over is not told again as what the command fails with. */
    @Test
    void whatEndsACommandIsToldOnce() throws IOException {
        String file = cut("envs/desk/generations/2.env.yaml").toString();
        for (String command : List.of("gc --lock-file " + folder.resolve("l"), "env realize desk dev")) {
            CliRun text = pool.axiom(command.split(" "));
            assertThat(text.code()).as("%s", text).isEqualTo(8);
            assertThat(text.err()).containsOnlyOnce(file);
            CliRun json = pool.axiom((command + " --json").split(" "));
            assertThat(json.err()).startsWith("{\"error\":").containsOnlyOnce("\n");
        }
        assertThat(pool.axiom("root", "remove", "nothing").err()).containsOnlyOnce(file);
    }

    /** What the damaged roots held counts as used, and each is told. */
    @Test
    void theStatusShowsWhatItCan() throws IOException {
        String before = pool.out("status");
        Path pin = cut("pins/keep.pin.yaml");
        Path lock = cut("profiles/dev/generations/1.lock.yaml");
        Path env = cut("envs/desk/generations/1.env.yaml");
        Path seal = pool.pool()
                .resolve(StoreLayout.packageDataset(pool.add("sealed", "1.0")).value())
                .resolve(".pool/sealed");
        Files.writeString(seal, "");
        Path stray = Files.writeString(state("pins/notes~"), "");

        CliRun run = pool.axiom("status");

        assertThat(run.code()).as("%s", run).isEqualTo(8);
        for (Path file : List.of(pin, lock, env, seal, stray)) {
            assertThat(run.err().lines().filter(line -> line.contains(file.toString())))
                    .as("%s", run)
                    .hasSize(1);
        }
        List<String> packages = before.lines().limit(5).toList();
        assertThat(run.out().lines()).as("%s", run).containsAll(packages);
        CliRun json = pool.axiom("status", "--json");
        assertThat(json.code()).isEqualTo(8);
        assertThat(json.out()).contains("\"roots\":{\"profile\":1,\"env\":1,\"pin\":0}");
    }

    @Test
    void aProfileAndAnEnvironmentFullOfDamageCanBeRemovedWhole() throws IOException {
        for (int i = 1; i <= 2; i++) {
            cut("profiles/dev/generations/" + i + ".lock.yaml");
            cut("envs/desk/generations/" + i + ".env.yaml");
        }
        assertThat(pool.refusal(8, "profile", "delete", "dev")).contains("cut off");
        assertThat(pool.refusal(8, "env", "remove", "desk")).contains("cut off");

        pool.out("env", "remove", "desk", "--damaged");
        pool.out("profile", "delete", "dev", "--damaged");

        assertThat(tags()).containsExactly("pin:keep");
        assertThat(state("profiles/dev")).doesNotExist();
        assertThat(state("envs/desk")).doesNotExist();
        pool.out("gc", "--lock-file", folder.resolve("l").toString());
    }

    @Test
    void aDeletionThatDamageHeldUpCanBeRepeated() throws IOException {
        cut("profiles/dev/generations/1.lock.yaml");
        Files.move(state("profiles/dev/profile.yaml"), state("profiles/dev/deleted-profile.yaml"));
        assertThat(pool.refusal(8, "profile", "delete", "dev")).contains("cut off");
        pool.out("profile", "delete", "dev", "--damaged");
        assertThat(state("profiles/dev")).doesNotExist();
    }

    @Test
    void peopleRollBackFromADamagedGeneration() throws IOException {
        Path file = cut("profiles/dev/generations/2.lock.yaml");
        assertThat(pool.refusal(8, "profile", "rollback", "dev", "2")).contains(file.toString());
        pool.out("profile", "rollback", "dev");
        pool.out("profile", "show", "dev");
    }

    /** The word changes nothing for what is whole. */
    @Test
    void whatIsWholeIsRemovedByTheUsualRules() {
        assertThat(pool.refusal(7, "profile", "delete", "dev", "--generation", "2", "--damaged"))
                .contains("is the current one", "axiom profile rollback dev N");
        assertThat(pool.refusal(7, "env", "remove", "desk", "--generation", "2", "--damaged"))
                .contains("is the current one");
        assertThat(pool.refusal(3, "profile", "delete", "dev", "--generation", "7"))
                .contains("has no generation 7");
        assertThat(pool.out("profile", "delete", "dev", "--generation", "1", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"generation\":1,\"deleted\":true}\n");
        pool.out("root", "remove", "keep", "--damaged");
        pool.out("env", "remove", "desk", "--damaged");
        assertThat(tags()).containsExactly("profile:dev:2");
    }

    /** Its packages stay, whoever looks is told for what, and the advice that is printed lets them go. */
    @ParameterizedTest
    @CsvSource({
        "pins/keep.pin.yaml, pin keep, root remove keep --damaged",
        "profiles/dev/generations/1.lock.yaml, profile dev generation 1, profile delete dev --generation 1 --damaged",
        "envs/desk/generations/1.env.yaml, env desk generation 1, env remove desk --generation 1 --damaged"
    })
    void whatALostRecordHeldStaysAndCanBeGivenUp(String file, String record, String cure) throws IOException {
        Files.delete(state(file));
        for (String other :
                List.of("root remove keep", "env remove desk --generation 1", "profile delete dev --generation 1")) {
            if (!cure.startsWith(other)) {
                pool.out(other.split(" "));
            }
        }
        assertThat(pool.out("why", "lib@1.0"))
                .isEqualTo(lib + " is listed by nothing, and stays:\n  it is held for " + record
                        + ", though no record says so; to give that up: axiom " + cure + "\n");
        assertThat(pool.out("why", "lib@1.0", "--json")).contains("\"lost\":[\"" + record + "\"]");
        assertThat(gc("--dry-run")).contains(lib + "  stays: it is held for " + record);
        assertThat(gc()).contains(lib + "  stays: it is held for " + record);
        pool.out(cure.split(" "));
        assertThat(holds(lib)).isEmpty();
        assertThat(pool.refusal(3, cure.split(" ")))
                .as("nothing is left to give up")
                .isNotEmpty();
        assertThat(gc()).contains(lib + "  collected");
    }

    /** A package went by other hands: the hint of each root that lists it works. */
    @Test
    void theHintOfALostPackageIsTheWayOut() throws IOException {
        TreeRemoval.delete(pool.pool().resolve(StoreLayout.packageDataset(lib).value()));
        List<String> rest = new ArrayList<>(List.of(
                "axiom profile delete dev --generation 1",
                "axiom env remove desk --generation 1",
                "axiom root remove keep"));
        while (!rest.isEmpty()) {
            String dry = pool.refusal(8, "gc", "--dry-run");
            String run =
                    pool.refusal(8, "gc", "--lock-file", folder.resolve("l").toString());
            String hint = run.substring(run.indexOf("hint: "));
            assertThat(hint).startsWith("hint: add them again, or give up what lists them: axiom ");
            assertThat(dry).contains("hint: add it again, or give up what lists it: axiom ");
            String command = hint.substring(hint.indexOf("axiom ")).strip();
            assertThat(rest.remove(command)).as(command).isTrue();
            pool.out(command.substring("axiom ".length()).split(" "));
        }
        pool.out("gc", "--dry-run");
        pool.out("gc", "--lock-file", folder.resolve("l").toString());
    }
}
