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
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "work", "dev");
        return id;
    }

    private Path content(int generation) {
        return pool.pool().resolve("env/work/" + generation + "/root");
    }

    private Path pointer() {
        return pool.pool().resolve("state/envs/work/current");
    }

    @Test
    void anEnvironmentHoldsTheFilesOfItsPackages() throws Exception {
        pool.add("tool", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        assertThat(pool.refusal(3, "env", "realize", "work", "dev")).contains("never resolved");
        assertThat(pool.refusal(3, "env", "realize", "work", "nobody")).contains("there is no profile 'nobody'");
        pool.out("profile", "resolve", "dev");
        String made = "{\"env\":\"work\",\"generation\":1,\"path\":\"" + content(1) + "\",\"packages\":1}\n";
        assertThat(pool.out("env", "realize", "work", "dev", "--json")).isEqualTo(made);
        assertThat(content(1).resolve("bin/tool")).hasContent("tool 1.0");
        assertThat(pool.out("env", "realize", "work", "dev", "--json")).isEqualTo(made);
        assertThat(pool.axiom("env", "realize", "work", "dev").err())
                .isEqualTo("environment 'work': nothing changes, generation 1 is what was asked for\n");
        assertThat(pool.axiom("env", "realize", "work", "dev", "--force", "--strategy", "copy"))
                .isEqualTo(new CliRun(
                        0, "", "environment 'work': generation 2 has 1 package of profile 'dev' generation 1\n"));
        assertThat(content(2).resolve("bin/tool")).isRegularFile();
    }

    @Test
    void environmentsAreListedAndShown() throws Exception {
        assertThat(pool.out("env", "list", "--json")).isEqualTo("[]\n");
        PackageId id = makeDev("1.0");
        assertThat(pool.out("env", "list", "--json"))
                .isEqualTo("[{\"env\":\"work\",\"profile\":\"dev\",\"generation\":1,\"packages\":1,\"path\":\""
                        + pointer() + "\"}]\n");
        assertThat(pool.out("env", "list"))
                .startsWith(
                        "ENVIRONMENT  PROFILE  GENERATION  PACKAGES  PATH\nwork         dev               1         1  ");
        assertThat(pool.out("env", "show", "work", "--json"))
                .matches("\\{\"env\":\"work\",\"generation\":1,\"created\":\"[0-9T:-]+Z\",\"current\":true,"
                        + "\"profile\":\"dev\",\"profileGeneration\":1,\"strategy\":\"link\",\"path\":\".*/current\","
                        + "\"packages\":\\[\\{\"id\":\".*\"\\}\\]\\}\n")
                .contains(PoolRun.json(id));
        assertThat(pool.out("env", "show", "work"))
                .contains("generation 1 (link")
                .contains(id.buildId().value());
        assertThat(pool.refusal(3, "env", "show", "nobody")).contains("there is no environment 'nobody'");
        assertThat(pool.out("env", "generations", "work", "--json"))
                .matches("\\[\\{\"generation\":1,\"created\":\"[0-9T:-]+Z\",\"current\":true,\"profile\":\"dev\","
                        + "\"profileGeneration\":1,\"strategy\":\"link\",\"packages\":1\\}\\]\n");
        assertThat(pool.out("env", "generations", "work")).contains("current");
    }

    @Test
    void rollingBackGoesForwardAgain() throws Exception {
        PackageId old = makeDev("1.0");
        PackageId fresh = makeDev("1.1");
        assertThat(pool.out("env", "diff", "work", "--json"))
                .isEqualTo("{\"env\":\"work\",\"from\":1,\"to\":2,\"changes\":[{\"name\":\"tool\",\"before\":\"" + old
                        + "\",\"after\":\"" + fresh + "\"}]}\n");
        assertThat(pool.out("env", "diff", "work", "2", "1"))
                .isEqualTo("PACKAGE  BEFORE  AFTER\ntool     1.1_1   1.0_1\n");
        assertThat(pool.out("env", "rollback", "work", "--json"))
                .isEqualTo("{\"env\":\"work\",\"generation\":1,\"path\":\"" + pointer() + "\",\"packages\":1}\n");
        assertThat(pointer().resolve("bin/tool")).hasContent("tool 1.0");
        assertThat(pool.refusal(3, "env", "rollback", "work")).contains("no generation before");
        assertThat(pool.out("env", "diff", "work", "--json")).contains("\"from\":null,\"to\":1");
        assertThat(pool.axiom("env", "rollback", "work", "2").err())
                .isEqualTo("environment 'work': generation 2 is the current one\n");
        assertThat(pointer().resolve("bin/tool")).hasContent("tool 1.1");
        assertThat(pool.refusal(3, "env", "rollback", "work", "9")).contains("no generation 9");
        assertThat(pool.refusal(3, "env", "diff", "work", "1", "9")).contains("no generation 9");
    }

    @Test
    void aConflictNamesThePathAndBothOwnersAndLeavesNothing() throws Exception {
        PackageId one = pool.store.addFile("one", "share/readme", "of one");
        PackageId two = pool.store.addFile("two", "share/readme", "of two");
        pool.out("profile", "create", "both");
        pool.out("profile", "add", "both", "one", "two");
        pool.out("profile", "resolve", "both");
        assertThat(pool.refusal(4, "env", "realize", "work", "both"))
                .contains("share/readme")
                .contains(one.toString())
                .contains(two.toString());
        assertThat(pool.refusal(4, "env", "realize", "work", "both", "--json"))
                .startsWith("{\"error\":{\"code\":\"conflict\",\"message\":\"");
        assertThat(pool.out("env", "list")).isEmpty();
        assertThat(pool.axiom("env", "realize", "work", "both", "--on-conflict", "last")
                        .err())
                .startsWith("the last one won share/readme: ");
        assertThat(content(1).resolve("share/readme")).hasContent("of two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "env realize work",
                "env realize work dev --strategy move",
                "env realize work dev --on-conflict win",
                "env run work",
                "env rollback work x",
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
        assertThat(pool.refusal(7, "env", "remove", "work", "--generation", "2"))
                .contains("is the current one");
        try (Lease user = pool.store.pool.lease("axiom env run work")) {
            user.open(StoreLayout.envDataset(new EnvName("work"), 1));
            assertThat(pool.refusal(7, "env", "remove", "work", "--generation", "1"))
                    .contains("it is used by axiom env run work");
            assertThat(pool.refusal(7, "env", "remove", "work")).contains("generation 1");
        }
        assertThat(pool.out("env", "remove", "work", "--generation", "1", "--json"))
                .isEqualTo("{\"env\":\"work\",\"generation\":1,\"removed\":true}\n");
        assertThat(pool.out("env", "remove", "work", "--json"))
                .isEqualTo("{\"env\":\"work\",\"generation\":null,\"removed\":true}\n");
        assertThat(pool.refusal(3, "env", "remove", "work")).contains("there is no environment");
        assertThat(pool.out("env", "list")).isEmpty();
    }

    @Test
    void whoHoldsTheLockIsNamed() throws Exception {
        makeDev("1.0");
        try (FileLock held = pool.store.locks().exclusive(RecordKind.ENV, "work")) {
            assertThat(pool.refusal(7, "env", "rollback", "work", "1", "--lock-timeout", "0"))
                    .contains("a test");
        }
    }

    @Test
    void activationIsCodeAndNothingElse() throws Exception {
        makeDev("1.0");
        CliRun run = pool.axiom("env", "activate", "work", "--shell", "sh");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(pointer() + "/bin").endsWith("\n");
        assertThat(pool.out("env", "activate", "work", "--shell", "fish")).contains("set -gx");
        assertThat(pool.out("env", "activate", "work", "--shell", "bash", "--json"))
                .startsWith("{\"shell\":\"sh\",\"code\":\"");
        assertThat(pool.out("env", "deactivate", "--shell", "sh")).contains("AXIOM_ENV");
        assertThat(pool.refusal(5, "env", "activate", "work", "--shell", "csh")).contains("'csh'");
        assertThat(pool.refusal(3, "env", "activate", "nobody", "--shell", "sh"))
                .contains("nobody");
    }

    @Test
    void whatCannotBeRunHasTheCodesOfEnv() throws Exception {
        makeDev("1.0");
        Path folder = Files.createTempDirectory("axiom-run");
        Path text = Files.writeString(folder.resolve("text"), "no program");
        assertThat(pool.refusal(127, "env", "run", "work", "--", "no-such-command"))
                .contains("no-such-command");
        assertThat(pool.refusal(127, "env", "run", "work", "--", "/no/such/command"))
                .contains("/no/such/command");
        assertThat(pool.refusal(126, "env", "run", "work", "--", text.toString()))
                .contains("is not executable");
        assertThat(pool.refusal(126, "env", "run", "work", "--", folder.toString()))
                .contains("is not executable");
        assertThat(pool.refusal(127, "env", "run", "work", "--json", "--", "no-such-command"))
                .startsWith("{\"error\":{\"code\":\"not_found\"");
        assertThat(pool.refusal(3, "env", "run", "nobody", "--", "true")).contains("nobody");
        assertThat(pool.refusal(3, "env", "run", "work", "--generation", "7", "--", "true"))
                .contains("generation 7");
        assertThat(pool.store.pool.leases()).isEmpty();
        Files.delete(text);
        Files.delete(folder);
    }
}
