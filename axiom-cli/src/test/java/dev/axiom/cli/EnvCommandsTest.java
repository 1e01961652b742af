package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvCommandsTest {
    private final PoolRun pool;

    EnvCommandsTest(@TempDir Path folder) throws Exception {
        this.pool = new PoolRun(folder);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** A profile of one package, resolved, and an environment of it. */
    private PackageId makeDev(String version) throws Exception {
        PackageId id = pool.add("tool", version);
        if (pool.out("profile", "list").isEmpty()) {
            pool.out("profile", "create", "dev");
            pool.out("profile", "add", "dev", "tool");
        }
        pool.out("profile", "resolve", "dev", "--upgrade");
        pool.out("env", "realize", "desk", "dev");
        return id;
    }

    private Path content(int generation) {
        return pool.pool().resolve("env/desk/" + generation + "/root");
    }

    private Path pointer() {
        return pool.pool().resolve("state/envs/desk/current");
    }

    @Test
    void anEnvironmentHoldsTheFilesOfItsPackages() throws Exception {
        pool.add("tool", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        assertThat(pool.refusal(3, "env", "realize", "desk", "dev")).contains("never resolved");
        assertThat(pool.refusal(3, "env", "realize", "desk", "nobody")).contains("there is no profile 'nobody'");
        pool.out("profile", "resolve", "dev");
        String made = "{\"env\":\"desk\",\"generation\":1,\"path\":\"" + content(1) + "\",\"packages\":1}\n";
        assertThat(pool.out("env", "realize", "desk", "dev", "--json")).isEqualTo(made);
        assertThat(content(1).resolve("bin/tool")).hasContent("tool 1.0");
        assertThat(pool.out("env", "realize", "desk", "dev", "--json")).isEqualTo(made);
        assertThat(pool.axiom("env", "realize", "desk", "dev").err())
                .isEqualTo("environment 'desk': nothing changes, generation 1 is what was asked for\n");
        assertThat(pool.axiom("env", "realize", "desk", "dev", "--force", "--strategy", "copy"))
                .isEqualTo(new CliRun(
                        0, "", "environment 'desk': generation 2 has 1 package of profile 'dev' generation 1\n"));
        assertThat(content(2).resolve("bin/tool")).isRegularFile();
    }

    @Test
    void whatWasEditedSinceTheProfileWasResolvedIsTold() throws Exception {
        pool.add("tool", "1.0");
        pool.add("other", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err()).doesNotContain("edited");
        pool.out("profile", "add", "dev", "other@^1");
        pool.out("profile", "remove", "dev", "tool");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err())
                .isEqualTo(
                        "profile 'dev' was edited since it was resolved: other@^1 is not in its lock file and tool is no"
                                + " longer asked for; axiom profile resolve dev\n"
                                + "environment 'desk': nothing changes, generation 1 is what was asked for\n");
        assertThat(pool.axiom("env", "realize", "desk", "dev", "--quiet").err()).isEmpty();
        pool.out("profile", "resolve", "dev");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err()).doesNotContain("edited");
        pool.out("profile", "rollback", "dev");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err())
                .as("who rolls back knows that it is another one, and nothing was edited")
                .doesNotContain("edited");
    }

    @Test
    void aConstraintThatWasEditedIsToldOnce() throws Exception {
        makeDev("1.0");
        pool.add("tool", "2.0");
        pool.out("profile", "add", "dev", "tool@^2");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err())
                .contains("profile 'dev' was edited since it was resolved: tool@^2 is not in its lock file; axiom");
    }

    /** The second time the packages cannot be asked what they provide, which is told; what was wanted is done. */
    @Test
    void aWishThatIsMetByAnotherNameIsNoEdit() throws Exception {
        PackageId id = pool.addDescribed("name: dash\nversion: 1.0\nprovides:\n  - shell\n", "dependencies: []\n");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "shell");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.axiom("env", "realize", "desk", "dev").err()).doesNotContain("edited");
        Files.writeString(pool.pool().resolve(StoreLayout.packageDataset(id) + "/.pool/sealed"), "");
        CliRun again = pool.axiom("env", "realize", "desk", "dev", "--force");
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("/.pool/sealed is damaged").contains("generation 2 has 1 package");
    }

    @Test
    void environmentsAreListedAndShown() throws Exception {
        assertThat(pool.out("env", "list", "--json")).isEqualTo("[]\n");
        PackageId id = makeDev("1.0");
        assertThat(pool.out("env", "list", "--json"))
                .isEqualTo("[{\"env\":\"desk\",\"profile\":\"dev\",\"generation\":1,\"packages\":1,\"path\":\""
                        + pointer() + "\"}]\n");
        assertThat(pool.out("env", "list"))
                .startsWith(
                        "ENVIRONMENT  PROFILE  GENERATION  PACKAGES  PATH\ndesk         dev               1         1  ");
        assertThat(pool.out("env", "show", "desk", "--json"))
                .matches("\\{\"env\":\"desk\",\"generation\":1,\"created\":\"[0-9T:-]+Z\",\"current\":true,"
                        + "\"profile\":\"dev\",\"profileGeneration\":1,\"strategy\":\"link\",\"path\":\".*/current\","
                        + "\"packages\":\\[\\{\"id\":\".*\"\\}\\]\\}\n")
                .contains(PoolRun.json(id));
        assertThat(pool.out("env", "show", "desk"))
                .contains("generation 1 (link")
                .contains(id.buildId().value());
        assertThat(pool.refusal(3, "env", "show", "nobody")).contains("there is no environment 'nobody'");
        assertThat(pool.out("env", "generations", "desk", "--json"))
                .matches("\\[\\{\"generation\":1,\"created\":\"[0-9T:-]+Z\",\"current\":true,\"profile\":\"dev\","
                        + "\"profileGeneration\":1,\"strategy\":\"link\",\"packages\":1\\}\\]\n");
        assertThat(pool.out("env", "generations", "desk")).contains("current");
    }

    @Test
    void oneThatCannotBeMountedKeepsNoOtherFromIt() throws Exception {
        makeDev("1.0");
        pool.out("env", "realize", "bench", "dev");
        assertThat(pool.out("mount", "--json")).isEqualTo("{\"mounted\":[\"bench\",\"desk\"]}\n");
        Path generation = pool.pool().resolve("env/bench/1");
        Files.move(generation, pool.pool().resolveSibling("elsewhere"));
        CliRun run = pool.axiom("mount", "--json");
        assertThat(run.code()).isNotZero();
        assertThat(run.out()).isEqualTo("{\"mounted\":[\"desk\"]}\n");
        assertThat(run.err()).contains("environment 'bench' is not mounted: ");
    }

    @Test
    void rollingBackGoesForwardAgain() throws Exception {
        PackageId old = makeDev("1.0");
        PackageId fresh = makeDev("1.1");
        assertThat(pool.out("env", "diff", "desk", "--json"))
                .isEqualTo("{\"env\":\"desk\",\"from\":1,\"to\":2,\"changes\":[{\"name\":\"tool\",\"before\":\"" + old
                        + "\",\"after\":\"" + fresh + "\"}]}\n");
        assertThat(pool.out("env", "diff", "desk", "2", "1"))
                .isEqualTo("PACKAGE  BEFORE  AFTER\ntool     1.1_1   1.0_1\n");
        assertThat(pool.out("env", "rollback", "desk", "--json"))
                .isEqualTo("{\"env\":\"desk\",\"generation\":1,\"path\":\"" + pointer() + "\",\"packages\":1}\n");
        assertThat(pointer().resolve("bin/tool")).hasContent("tool 1.0");
        assertThat(pool.refusal(3, "env", "rollback", "desk")).contains("no generation before");
        assertThat(pool.out("env", "diff", "desk", "--json")).contains("\"from\":null,\"to\":1");
        assertThat(pool.axiom("env", "rollback", "desk", "2").err())
                .isEqualTo("environment 'desk': generation 2 is the current one\n");
        assertThat(pointer().resolve("bin/tool")).hasContent("tool 1.1");
        assertThat(pool.refusal(3, "env", "rollback", "desk", "9")).contains("no generation 9");
        assertThat(pool.refusal(3, "env", "diff", "desk", "1", "9")).contains("no generation 9");
    }

    @Test
    void aConflictNamesThePathAndBothOwnersAndLeavesNothing() throws Exception {
        PackageId one = pool.store.addFile("one", "share/readme", "of one");
        PackageId two = pool.store.addFile("two", "share/readme", "of two");
        pool.out("profile", "create", "both");
        pool.out("profile", "add", "both", "one", "two");
        pool.out("profile", "resolve", "both");
        assertThat(pool.refusal(4, "env", "realize", "desk", "both"))
                .contains("share/readme")
                .contains(one.toString())
                .contains(two.toString());
        assertThat(pool.refusal(4, "env", "realize", "desk", "both", "--json"))
                .startsWith("{\"error\":{\"code\":\"conflict\",\"message\":\"");
        assertThat(pool.out("env", "list")).isEmpty();
        assertThat(pool.axiom("env", "realize", "desk", "both", "--on-conflict", "last")
                        .err())
                .startsWith("the last one won share/readme: ");
        assertThat(content(1).resolve("share/readme")).hasContent("of two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "env realize desk",
                "env realize desk dev --strategy move",
                "env realize desk dev --on-conflict win",
                "env run desk",
                "env rollback desk x",
                "env activate",
                "env diff"
            })
    void halfACommandDoesNothing(String line) {
        assertThat(pool.refusal(2, line.split(" "))).startsWith("axiom: ");
    }

    @Test
    void generationsAndEnvironmentsGoUnlessTheyAreUsed() throws Exception {
        makeDev("1.0");
        makeDev("1.1");
        assertThat(pool.refusal(7, "env", "remove", "desk", "--generation", "2"))
                .contains("is the current one");
        try (Lease user = pool.store.pool.lease("axiom env run desk")) {
            user.open(StoreLayout.envDataset(new EnvName("desk"), 1));
            assertThat(pool.refusal(7, "env", "remove", "desk", "--generation", "1"))
                    .contains("it is used by axiom env run desk");
            assertThat(pool.refusal(7, "env", "remove", "desk")).contains("generation 1");
        }
        assertThat(pool.out("env", "remove", "desk", "--generation", "1", "--json"))
                .isEqualTo("{\"env\":\"desk\",\"generation\":1,\"removed\":true}\n");
        assertThat(pool.out("env", "remove", "desk", "--json"))
                .isEqualTo("{\"env\":\"desk\",\"generation\":null,\"removed\":true}\n");
        assertThat(pool.refusal(3, "env", "remove", "desk")).contains("there is no environment");
        assertThat(pool.out("env", "list")).isEmpty();
    }

    @Test
    void whoHoldsTheLockIsNamed() throws Exception {
        makeDev("1.0");
        try (FileLock held = pool.store.locks().exclusive(RecordKind.ENV, "desk")) {
            assertThat(pool.refusal(7, "env", "rollback", "desk", "1", "--lock-timeout", "0"))
                    .contains("a test");
        }
    }

    @Test
    void activationIsCodeAndNothingElse() throws Exception {
        makeDev("1.0");
        CliRun run = pool.axiom("env", "activate", "desk", "--shell", "sh");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(pointer() + "/bin").endsWith("\n");
        assertThat(pool.out("env", "activate", "desk", "--shell", "fish")).contains("set -gx");
        assertThat(pool.out("env", "activate", "desk", "--shell", "bash", "--json"))
                .startsWith("{\"shell\":\"sh\",\"code\":\"");
        assertThat(pool.out("env", "deactivate", "--shell", "sh")).contains("AXIOM_ENV");
        assertThat(pool.refusal(2, "env", "activate", "desk", "--shell", "csh")).contains("'csh'");
        assertThat(pool.refusal(3, "env", "activate", "nobody", "--shell", "sh"))
                .contains("nobody");
    }

    @Test
    void whatCannotBeRunHasTheCodesOfEnv() throws Exception {
        makeDev("1.0");
        Path folder = Files.createTempDirectory("axiom-run");
        Path text = Files.writeString(folder.resolve("text"), "no program");
        assertThat(pool.refusal(127, "env", "run", "desk", "--", "no-such-command"))
                .contains("no-such-command");
        assertThat(pool.refusal(127, "env", "run", "desk", "--", "/no/such/command"))
                .contains("/no/such/command");
        assertThat(pool.refusal(126, "env", "run", "desk", "--", text.toString()))
                .contains("is not executable");
        assertThat(pool.refusal(126, "env", "run", "desk", "--", folder.toString()))
                .contains("is not executable");
        assertThat(pool.refusal(127, "env", "run", "desk", "--json", "--", "no-such-command"))
                .startsWith("{\"error\":{\"code\":\"not_found\"");
        assertThat(pool.refusal(3, "env", "run", "nobody", "--", "true")).contains("nobody");
        assertThat(pool.refusal(3, "env", "run", "desk", "--generation", "7", "--", "true"))
                .contains("generation 7");
        assertThat(pool.store.pool.leases()).isEmpty();
        Files.delete(text);
        Files.delete(folder);
    }
}
