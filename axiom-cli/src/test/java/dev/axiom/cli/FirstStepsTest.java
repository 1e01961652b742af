package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody meets who has read no more than the README. */
class FirstStepsTest {
    private final Sandbox box;

    FirstStepsTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @Test
    void optionsInBothPlacesAreOnNotOff() {
        box.out("setup");
        assertThat(box.out("--json", "package", "list", "--json")).isEqualTo("[]\n");
        assertThat(box.axiom("--quiet", "profile", "create", "dev", "-q")).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void whoLooksCollectsOrRemovesMakesNoPool() {
        for (List<String> line : List.of(
                List.of("status"),
                List.of("package", "list"),
                List.of("gc"),
                List.of("gc", "--dry-run"),
                List.of("package", "remove", "x"),
                List.of("env", "remove", "x"))) {
            CliRun run = CliRun.in(Map.of("HOME", box.folder().toString()), line.toArray(String[]::new));
            assertThat(run.code()).as("%s", run).isEqualTo(9);
            assertThat(run.err()).contains("there is no pool at " + box.folder() + "/.local/share/axiom");
        }
        assertThat(box.folder().resolve(".local")).doesNotExist();
    }

    @Test
    void whoAddsIsToldThatAPoolWasMade() throws IOException {
        CliRun run = box.axiom("package", "add", box.tree("hello-1.0"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).startsWith("axiom: making the pool dir:" + box.pool() + "\n");
        assertThat(box.axiom("profile", "create", "dev").err()).doesNotContain("making");
    }

    @Test
    void dependenciesCountWithoutAManifestAndAreNoContent() throws IOException {
        Path source = box.tree("hello-1.0");
        Files.writeString(source.resolve("deps.yaml"), "dependencies:\n  - name: lib\n    version: ^1\n");
        box.out("package", "add", source);
        assertThat(box.out("package", "show", "hello", "--json")).contains("\"dependencies\":[\"lib@^1\"]");
        assertThat(box.out("package", "files", "hello"))
                .doesNotContain("deps.yaml")
                .contains("bin/run");
        box.out("package", "add", source, "--name", "other", "--version", "2");
        assertThat(box.out("package", "show", "other", "--json")).contains("\"dependencies\":[\"lib@^1\"]");
        Files.writeString(source.resolve("deps.yaml"), "dependencies: {");
        assertThat(box.refusal(5, "package", "add", source)).contains("deps.yaml:1:");
    }

    @Test
    void underJsonStandardErrorHasOnlyErrors() throws IOException {
        CliRun run = box.axiom("package", "add", box.tree("hello-1.0"), "missing-1.0", "--json");
        assertThat(run.err().lines()).singleElement().asString().startsWith("{\"error\":{\"code\":\"not_found\"");
        assertThat(run.out()).contains("\"status\":\"added\"");
    }

    @Test
    void whatCanBeVerifiedIs() throws IOException {
        box.out("package", "add", box.tree("hello-1.0"));
        CliRun run = box.axiom("package", "verify", "nope", "hello", "nopo");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("hello@1.0_1").contains(": whole");
        assertThat(run.err()).contains("'nope'").contains("'nopo'");
    }

    @Test
    void anIdIsTakenBackHoweverLongItIs() throws IOException {
        box.out("package", "add", box.tree("x"), "--name", "hello", "--version", "1".repeat(128));
        box.out("package", "remove", box.id("hello"));
    }

    @Test
    void aPackageIsWantedOnce() {
        box.out("profile", "create", "dev");
        assertThat(box.refusal(2, "profile", "add", "dev", "lib@^1", "lib@^2")).contains("lib is there twice");
        assertThat(box.out("profile", "show", "dev", "--json")).doesNotContain("lib");
    }

    @Test
    void aPinWithOthersIsNamed() throws IOException {
        box.out("package", "add", box.tree("a-1.0"), box.tree("b-1.0"));
        box.out("root", "add", "a", "b", "--name", "two");
        assertThat(box.refusal(3, "root", "remove", "a@1.0")).contains("kept by 'two'");
        assertThat(box.refusal(3, "root", "remove", "c@1.0")).contains("there is no pin 'c@1.0'");
        box.out("root", "remove", "two");
    }
}
