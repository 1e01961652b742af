package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageAddTest {
    private final Sandbox box;

    PackageAddTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        if (Files.exists(box.pool())) {
            box.assertNothingIsLeftBehind();
        }
    }

    @Test
    void aFolderBecomesAPackageAndTheSameAgainIsUnchanged() throws Exception {
        Path tree = box.tree("hello-1.0");
        assertThat(box.out("package", "add", tree)).matches("added hello@1\\.0_1\\+[0-9a-f]{16}\n");
        assertThat(box.out("package", "add", tree)).matches("unchanged hello@1\\.0_1\\+[0-9a-f]{16}\n");
        assertThat(box.pool().resolve("store")).isDirectoryContaining("glob:**/hello-1.0_1-*");
    }

    @Test
    void jsonHasExactlyTheDocumentedFields() throws Exception {
        Path tree = box.tree("hello-1.0");
        String added = box.out("package", "add", tree, "--json");
        assertThat(added)
                .matches("\\[\\{\"id\":\"hello@1\\.0_1\\+([0-9a-f]{16})\",\"name\":\"hello\",\"version\":\"1\\.0\","
                        + "\"revision\":1,\"buildId\":\"\\1\",\"status\":\"added\","
                        + "\"path\":\"" + box.pool() + "/store/hello-1\\.0_1-\\1\"}]\n");
        assertThat(box.out("package", "add", tree, "--json"))
                .isEqualTo(added.replace("\"status\":\"added\"", "\"status\":\"unchanged\""));
    }

    @ParameterizedTest
    @CsvSource({
        "a-1.tar, tar cf",
        "a-1.tar.gz, tar czf",
        "a-1.tar.bz2, tar cjf",
        "a-1.tar.xz, tar cJf",
        "a-1.tar.zst, tar --zstd -cf",
        "a-1.zip, jar --create --no-manifest --file"
    })
    void anArchiveHasTheSameContentAsItsFolder(String archive, String command) throws Exception {
        Path tree = box.tree("a-1");
        if (archive.endsWith(".zip")) { // which has no links then
            Files.delete(tree.resolve("run"));
            assertThat(tree.resolve("bin/run").toFile().setExecutable(false, false))
                    .isTrue();
        }
        box.sh(
                "sh",
                "-c",
                command.replace("jar ", "\"$0\" ") + " " + archive + " a-1",
                Path.of(System.getProperty("java.home"), "bin/jar").toString());
        String fromFolder = box.out("package", "add", tree, "--json");
        assertThat(box.out("package", "add", box.folder().resolve(archive), "--strip", "1", "--json"))
                .isEqualTo(fromFolder.replace("\"added\"", "\"unchanged\""));
    }

    /** As for maintainer scripts: one sentence, and the package is added. */
    @Test
    void whatCannotBeKeptOfADistributionsPackageIsSaid() throws Exception {
        Files.writeString(
                box.folder().resolve("+MANIFEST"),
                "{\"name\":\"hello\",\"version\":\"1\",\"conflicts\":[\"php8[0-9]-*\"],\"provides\":[\"php-ext(81)\"]}");
        box.sh("tar", "cf", "hello.pkg", "+MANIFEST");
        Path file = box.folder().resolve("hello.pkg");
        CliRun added = box.axiom("package", "add", file);
        assertThat(added.code()).isZero();
        assertThat(added.err())
                .contains("axiom: " + file + ": what is no package's name is left out of its manifest: "
                        + "conflicts php8[0-9]-*, provides php-ext(81)\n");
    }

    @Test
    void aGuessedNameIsSaidSo() throws Exception {
        Path tree = box.tree("apache-maven-3.9.9");
        CliRun guessed = box.axiom("package", "add", tree);
        assertThat(guessed.err()).contains(tree + ": its name says that it is apache-maven@3.9.9_1");
        assertThat(box.axiom("package", "add", tree, "--quiet")).isEqualTo(new CliRun(0, "", ""));
        assertThat(box.axiom("package", "add", tree, "--name", "maven", "--version", "3")
                        .err())
                .isEmpty();
    }

    @Test
    void theCommandLineOutweighsTheSourcesManifest() throws Exception {
        Path tree = box.packaged("src", "name: hello\nversion: \"1.0\"\nrevision: 2\n");
        assertThat(box.out("package", "add", tree)).startsWith("added hello@1.0_2+");
        assertThat(box.out("package", "add", tree, "--version", "1.1")).startsWith("added hello@1.1_2+");
        assertThat(box.out("package", "add", tree, "--revision", "3", "--name", "hi"))
                .startsWith("added hi@1.0_3+");
        Path manifest = Files.writeString(box.folder().resolve("m.yaml"), "name: other\nversion: \"7\"\n");
        Path deps = Files.writeString(box.folder().resolve("d.yaml"), "dependencies: [{name: libc, version: ^2}]\n");
        assertThat(box.out("package", "add", tree, "--manifest", manifest, "--deps", deps))
                .startsWith("added other@7_1+");
        assertThat(box.out("package", "show", "other")).contains("Depends:     libc@^2\n");
    }

    @Test
    void ofSeveralPathsEachIsWholeOrNotAtAllAndTheFirstFailureDecides() throws Exception {
        Path good = box.tree("good-1");
        Path other = box.tree("other-1");
        Path bad = box.tree("bad-1");
        box.sh("mkfifo", "bad-1/pipe");
        CliRun run = box.axiom("package", "add", good, bad, box.folder().resolve("missing-1"), other, "--json");
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out()).matches("\\[\\{\"id\":\"good@1_1.*\"id\":\"other@1_1.*}]\n");
        assertThat(run.err().lines())
                .hasSize(2) // nothing but the errors
                .anyMatch(line -> line.startsWith("{\"error\":{\"code\":\"invalid\",") && line.contains("pipe"))
                .anyMatch(line -> line.startsWith("{\"error\":{\"code\":\"not_found\",") && line.contains("missing-1"));
        assertThat(box.axiom("package", "add", box.folder().resolve("missing-1"), bad)
                        .code())
                .isEqualTo(3);
        assertThat(box.out("package", "list")).contains("good@1_1", "other@1_1").doesNotContain("bad@");
    }

    @Test
    void anEmptyPathNamesNothing() throws Exception {
        assertThat(box.refusal(3, "package", "add", "", "--name", "x", "--version", "1"))
                .endsWith("axiom: there is no file or folder ''\n");
        CliRun run = box.axiom("package", "add", "", box.tree("good-1"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).startsWith("added good@1_1+");
    }

    @Test
    void nothingIsPrintedOnStandardOutputIfNothingWasAdded() {
        assertThat(box.refusal(3, "package", "add", box.folder().resolve("missing-1"), "--json"))
                .startsWith("{\"error\":{\"code\":\"not_found\",\"message\":\"");
    }

    @Test
    void manyAtOnceKeepTheirOrder() throws Exception {
        StringBuilder expected = new StringBuilder();
        Object[] arguments = new Object[102];
        arguments[0] = "package";
        arguments[1] = "add";
        for (int i = 0; i < 100; i++) {
            arguments[i + 2] = box.tree("p" + i + "-1");
            expected.append("added p").append(i).append("@1_1\n");
        }
        assertThat(box.out(arguments).replaceAll("\\+[0-9a-f]{16}", "")).isEqualTo(expected.toString());
    }

    @Test
    void theSameSourceTwiceInOneCallIsAddedOnce() throws Exception {
        Path tree = box.tree("twin-1");
        assertThat(box.out("package", "add", tree, tree, tree, tree))
                .containsOnlyOnce("added twin@1_1")
                .contains("unchanged twin@1_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | package add",
                "2 | package add A B --name x",
                "2 | package add A B --manifest m.yaml",
                "2 | package add A --jobs 0",
                "2 | package add A --max-files 0",
                "2 | package add A --strip many",
                "2 | package add A --revision one",
                "2 | package add A --strip -1",
                "2 | package add A --name no/name --version 1",
                "2 | package add A --name x --version 1/2",
                "2 | package add A --name x --version 1 --revision -1",
                "2 | package add A --max-size much",
                "5 | package add A --max-files 2",
                "5 | package add A --max-size 10",
                "5 | package add A",
                "9 | package add A --pool dir:/proc/axiom"
            })
    void whatIsWrongIsRefusedWithItsCode(int code, String line) throws Exception {
        Path tree = box.tree("noversion");
        String[] words =
                line.replace("A", tree.toString()).replace("B", tree.toString()).split(" ", -1);
        assertThat(box.refusal(code, (Object[]) words)).startsWith("axiom: ");
        if (Files.exists(box.pool())) {
            assertThat(box.out("package", "list")).isEmpty();
        }
    }

    @Test
    void specialModesAreKeptOnlyIfAskedFor() throws Exception {
        Path tree = box.tree("su-1");
        box.sh("chmod", "4755", "su-1/bin/run");
        assertThat(box.refusal(5, "package", "add", tree)).contains("bin/run", "--allow-set-id");
        box.out("package", "add", tree, "--allow-set-id");
        assertThat(box.out("package", "files", "su", "--long")).contains("file  4755");
    }

    @ParameterizedTest
    @CsvSource({
        "hello-1.0, , 'everything lies in the folder hello-1.0, which stays; to take it off, add the archive with --strip 1'",
        "hello-1.0, --strip=1, ''",
        "bin, , ''",
    })
    void aFolderAroundEverythingIsTold(String top, String option, String remark) throws Exception {
        box.tree(top);
        box.sh("tar", "czf", "hello-1.0.tar.gz", top);
        List<Object> words =
                new ArrayList<>(List.of("package", "add", box.folder().resolve("hello-1.0.tar.gz")));
        if (option != null) {
            words.add(option);
        }
        words.addAll(List.of("--name", "hello", "--version", "1.0"));
        String said = box.axiom(words.toArray()).err();
        assertThat(said.lines().filter(line -> line.contains("folder")))
                .as("%s", said)
                .hasSize(remark.isEmpty() ? 0 : 1)
                .allMatch(line -> line.endsWith("hello-1.0.tar.gz: " + remark));
        assertThat(box.out("package", "add", box.folder().resolve(top), "--name", "hello", "--version", "1.0"))
                .as("a folder is what its owner made it")
                .contains("hello@1.0");
    }

    @Test
    void whoIsInterruptedIsToldSoOnceAndNotOfADefect() throws Exception {
        box.tree("big/content");
        Path archive = box.folder().resolve("big/big-1.0.tar");
        box.sh("tar", "cf", archive.toString(), "big/content");
        box.out("setup");
        Thread.currentThread().interrupt();
        CliRun run = box.axiom("package", "add", "--json", archive);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.code()).as("%s", run).isEqualTo(130);
        assertThat(run.err())
                .isEqualTo("{\"error\":{\"code\":\"interrupted\",\"message\":\"" + archive
                        + ": interrupted\",\"hint\":null}}\n");
        box.assertNothingIsLeftBehind();
    }
}
