package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    DamagedRootsTest(@TempDir Path folder) throws IOException {
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
        pool.out("env", "realize", "work", "dev");
        pool.add("lib", "2.0");
        pool.out("profile", "resolve", "dev", "--upgrade");
        pool.out("env", "realize", "work", "dev");
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

    /** One of each kind of command that writes, none of which needs what is damaged. */
    private void assertOthersWork(String trouble) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree-" + UUID.randomUUID()).resolve("bin"));
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
        assertThat(pool.refusal(8, "package", "remove", "tree"))
                .as("it may be what is damaged that needs it")
                .contains(trouble);
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
                "envs/work/generations/1.env.yaml.swp"
            })
    void aStrayFileStopsOnlyTheCollector(String name) throws IOException {
        Path stray = Files.writeString(state(name), "");
        assertOthersWork(stray.toString());
        assertThat(stray).exists();
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
        assertThat(holds(lib)).containsExactly("env:work:1", "pin:keep");
        pool.out("profile", "create", "dev");
    }
}
