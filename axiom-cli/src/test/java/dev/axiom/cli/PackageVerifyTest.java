package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.store.StoreLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageVerifyTest {
    private final Sandbox box;
    private PackageId id;

    PackageVerifyTest(@TempDir Path folder) throws Exception {
        this.box = new Sandbox(folder);
        box.out("package", "add", box.packaged("a", "name: a\nversion: \"1\"\n"), box.tree("b-1"));
        this.id = PackageId.parse(box.id("a"));
    }

    @BeforeEach
    void becomeWritable() throws Exception {
        box.sh("chmod", "-R", "u+w", folder().toString());
        // The modes are part of what is verified: only the folders stay open.
        box.sh("sh", "-c", "find \"$0\"/root -type f -exec chmod a-w {} +", folder().toString());
    }

    private Path folder() {
        return box.pool().resolve(StoreLayout.packageDataset(id).value());
    }

    private void seal() throws Exception {
        box.sh("sh", "-c", "find \"$0\"/root -type d -exec chmod a-w {} +", folder().toString());
    }

    @Test
    void whatIsWholeIsSaidSo() throws Exception {
        seal();
        assertThat(box.out("package", "verify", "a")).isEqualTo(id + ": whole\n");
        assertThat(box.out("package", "verify", "--all")).isEqualTo(id + ": whole\n" + box.id("b") + ": whole\n");
        assertThat(box.axiom("package", "verify", "--all", "--quiet")).isEqualTo(new CliRun(0, "", ""));
        assertThat(box.out("package", "verify", "a", "--json"))
                .isEqualTo("[{\"id\":\"" + id + "\",\"name\":\"a\",\"version\":\"1\",\"revision\":1,\"buildId\":\""
                        + id.buildId() + "\",\"status\":\"whole\",\"differences\":[]}]\n");
        box.assertNothingIsLeftBehind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo x > root/added; chmod 444 root/added | added root/added: a file that the listing does not have",
                "mkdir root/new && chmod 555 root/new | added root/new: a folder that the listing does not have",
                "rm -f root/bin/run | missing root/bin/run: it is gone",
                "chmod 755 root/bin/run | changed root/bin/run: its mode is 0755 instead of 0555",
                "chmod u+w root/bin/run; sed -i s/a/b/ root/bin/run; chmod 555 root/bin/run"
                        + " | changed root/bin/run: its content is another one",
                "rm -f root/run; ln -s bin root/run | changed root/run: it leads to 'bin' instead of 'bin/run'",
                "rm -rf root | missing root: there is no such folder",
                "echo '# more' >> manifest.yaml | changed manifest.yaml: ",
                "echo 'name: b' > manifest.yaml | changed manifest.yaml: ",
                "echo 'dependencies: [{name: libc}]' > deps.yaml | changed deps.yaml: ",
                "echo 'what: ever' > provenance.yaml | changed provenance.yaml: ",
                "rm -f deps.yaml | missing deps.yaml: ",
                "rm -f files.mtree | missing files.mtree: ",
                "sed -i 's/mode=0755/mode=0555/' files.mtree | changed files.mtree: it is not the listing that",
                "echo x > more | added more: it is no part of a package"
            })
    void whatIsNotAsSealedIsNamed(String deed, String finding) throws Exception {
        box.sh("sh", "-c", "cd \"$0\" && " + deed, folder().toString());
        if (Files.exists(folder().resolve("root"))) {
            seal();
        }
        CliRun run = box.axiom("package", "verify", "--all");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out()).startsWith(id + ": " + finding).endsWith("\n" + box.id("b") + ": whole\n");
        assertThat(run.err()).startsWith("axiom: 1 of 2 packages is not as sealed\nhint: ");
    }

    @Test
    void aContentFolderThatOthersMayWriteToIsNamed() throws Exception {
        seal();
        box.sh("chmod", "777", folder() + "/root");
        CliRun run = box.axiom("package", "verify", "a");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out()).isEqualTo(id + ": changed root: its mode is 0777 instead of 0555\n");
    }

    @Test
    void damageIsJsonToo() throws Exception {
        box.sh("rm", "-f", folder() + "/root/bin/run");
        seal();
        CliRun run = box.axiom("package", "verify", "a", "--json");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out())
                .endsWith("\"status\":\"damaged\",\"differences\":[{\"path\":\"root/bin/run\",\"kind\":\"missing\","
                        + "\"detail\":\"it is gone\"}]}]\n");
        assertThat(run.err())
                .startsWith("{\"error\":{\"code\":\"corrupt\",\"message\":\"1 of 1 packages is not as sealed\"");
    }

    @Test
    void theAdviceMendsWhatIsDamaged() throws Exception {
        box.out("profile", "create", "dev");
        box.out("profile", "add", "dev", "a");
        box.out("profile", "resolve", "dev");
        box.sh("sh", "-c", "chmod u+w \"$0\" && echo x >> \"$0\" && chmod a-w \"$0\"", folder() + "/root/bin/run");
        seal();
        assertThat(box.out("package", "add", box.folder().resolve("a")))
                .as("adding it again mends nothing")
                .isEqualTo("unchanged " + id + "\n");
        CliRun run = box.axiom("package", "verify", "a");
        Matcher advice = Pattern.compile(
                        "hint: axiom (package show \\S+) names its source; then: axiom (package remove \\S+),"
                                + " and axiom (package add) SOURCE; if it is in use: axiom (why \\S+)\n")
                .matcher(run.err());
        assertThat(advice.find()).as("%s", run).isTrue();
        assertThat(box.out(words(advice.group(1)))).contains("Source:      a\n");
        assertThat(box.refusal(7, words(advice.group(2)))).contains("profile dev generation 1");
        assertThat(box.out(words(advice.group(4)))).contains("profile dev generation 1");
        box.out("profile", "delete", "dev");
        box.out(words(advice.group(2)));
        String source = box.folder().resolve("a").toString();
        assertThat(box.out(words(advice.group(3) + " " + source))).isEqualTo("added " + id + "\n");
        assertThat(box.out("package", "verify", "a")).isEqualTo(id + ": whole\n");
    }

    private static Object[] words(String line) {
        return line.split(" ", -1);
    }

    @Test
    void aDamagedSealIsNamed() throws Exception {
        String other = box.id("b");
        Files.writeString(folder().resolve(".pool/sealed"), "axiom-seal 1\n");
        CliRun run = box.axiom("package", "verify", "--all");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out()).as("the others are verified").isEqualTo(other + ": whole\n");
        assertThat(run.err()).startsWith("axiom: the seal " + folder() + "/.pool/sealed is damaged: ");
        CliRun json = box.axiom("package", "verify", "--all", "--json");
        assertThat(json.out()).contains("\"name\":\"b\"").doesNotContain("\"name\":\"a\"");
        assertThat(json.err())
                .startsWith("{\"error\":{\"code\":\"corrupt\",\"message\":\"the seal ")
                .endsWith("}\n");
        assertThat(box.out("package", "show", "b")).contains(other);
        assertThat(box.refusal(8, "package", "show", "a"))
                .as("it may be the damaged one that is meant")
                .contains("/.pool/sealed");
        assertThat(box.refusal(8, "gc", "--grace", "0")).contains("/.pool/sealed");
        assertThat(folder())
                .as("no collection while something is not understood")
                .exists();
    }

    @Test
    void aDamagedSealIsNotAMissingPackage() throws Exception {
        String other = box.id("b");
        Path seal = folder().resolve(".pool/sealed");
        Files.writeString(seal, "\n", StandardOpenOption.APPEND);
        String damage = "axiom: the seal " + seal + " is damaged: ";
        for (String name : List.of("a", id.toString())) {
            assertThat(box.refusal(8, "package", "verify", name))
                    .startsWith(damage)
                    .doesNotContain("no package is called");
        }
        CliRun both = box.axiom("package", "verify", "a", "b");
        assertThat(both.code()).isEqualTo(8);
        assertThat(both.out()).isEqualTo(other + ": whole\n");
        assertThat(both.err()).startsWith(damage);
    }

    @Test
    void addingWhatIsThereWithADamagedSealIsRefused() throws Exception {
        Path seal = folder().resolve(".pool/sealed");
        Files.writeString(seal, "\n", StandardOpenOption.APPEND);
        CliRun run = box.axiom(
                "package", "add", box.folder().resolve("a"), box.folder().resolve("b-1"), box.tree("c-1"));
        assertThat(run.code()).as("%s", run).isEqualTo(8);
        assertThat(run.out())
                .as("the others are added")
                .matches("unchanged b@1_1\\+[0-9a-f]{16}\nadded c@1_1\\+[0-9a-f]{16}\n");
        assertThat(run.err()).contains("the seal " + seal + " is damaged: ", "\nhint: ", "add it again");
        box.assertNothingIsLeftBehind();
    }

    @Test
    void aListHasWhatCanBeRead() throws Exception {
        box.out("package", "add", box.tree("c-1"));
        PackageId moved = PackageId.parse(box.id("b"));
        Path other = box.pool().resolve(StoreLayout.packageDataset(moved).value());
        Files.writeString(folder().resolve(".pool/sealed"), "axiom-seal 1\n");
        box.sh("chmod", "-R", "u+w", other.toString());
        Files.move(other, other.resolveSibling("b-2_1-" + moved.buildId()));
        CliRun run = box.axiom("package", "list");
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out()).matches("PACKAGE .*\nc@1_1 .*\n");
        assertThat(run.err())
                .contains("axiom: the seal " + folder() + "/.pool/sealed is damaged: ")
                .contains(": its properties are damaged: they belong to b@1");
        CliRun json = box.axiom("package", "list", "--json");
        assertThat(json.out()).startsWith("[{\"id\":\"c@1_1+").endsWith("}]\n");
        assertThat(json.err().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"error\":{\"code\":\"corrupt\""));
    }

    @Test
    void whatIsMeantMustBeSaid() {
        assertThat(box.refusal(2, "package", "verify")).contains("--all");
        assertThat(box.refusal(2, "package", "verify", "--all", "a")).contains("--all");
        assertThat(box.refusal(3, "package", "verify", "nothing")).contains("'nothing'");
    }

    @Test
    void lookingIsNotUsing() throws Exception {
        DatasetName name = StoreLayout.packageDataset(id);
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        seal();
        try (DirectoryPool pool = DirectoryPool.open(box.pool())) {
            pool.markDead(List.of(name), since);
            box.out("package", "verify", "a");
            box.out("package", "files", "a");
            assertThat(box.out("package", "show", "a")).contains("Dead since:  2026-01-02T03:04:05Z\n");
            assertThat(box.out("package", "show", "a", "--json")).contains("\"deadSince\":\"2026-01-02T03:04:05Z\"");
            assertThat(pool.find(name).flatMap(Dataset::deadSince)).contains(since);
        }
        box.out("package", "add", box.folder().resolve("a"));
        assertThat(box.out("package", "show", "a", "--json")).contains("\"deadSince\":null");
    }
}
