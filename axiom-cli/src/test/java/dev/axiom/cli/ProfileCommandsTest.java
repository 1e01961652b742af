package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.cli.command.Changes;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.store.RecordKind;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCommandsTest {
    private final PoolRun pool;

    ProfileCommandsTest(@TempDir Path folder) throws Exception {
        this.pool = new PoolRun(folder);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aProfileIsMadeOnceAndDeletedOnce() {
        CliRun made = pool.axiom("profile", "create", "dev", "--description", "for work");
        assertThat(made).isEqualTo(new CliRun(0, "", "created profile 'dev'\n"));
        assertThat(pool.out("profile", "list", "--json"))
                .isEqualTo("[{\"profile\":\"dev\",\"description\":\"for work\",\"packages\":0,\"generation\":null}]\n");
        assertThat(pool.refusal(4, "profile", "create", "dev")).startsWith("axiom: profile 'dev' exists already\n");
        assertThat(pool.out("profile", "delete", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"deleted\":true}\n");
        assertThat(pool.refusal(3, "profile", "delete", "dev")).startsWith("axiom: there is no profile 'dev'\n");
        assertThat(pool.out("profile", "list")).isEmpty();
        assertThat(pool.out("profile", "list", "--json")).isEqualTo("[]\n");
    }

    @Test
    void editsSayWhatTheProfileWantsNow() {
        pool.out("profile", "create", "dev");
        assertThat(pool.out("profile", "add", "dev", "maven@^3.9", "jruby", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"description\":\"\",\"packages\":["
                        + "{\"name\":\"jruby\",\"constraint\":\"*\",\"requirement\":\"jruby\"},"
                        + "{\"name\":\"maven\",\"constraint\":\"^3.9\",\"requirement\":\"maven@^3.9\"}]}\n");
        assertThat(pool.axiom("profile", "add", "dev", "maven@>=3,<4"))
                .isEqualTo(new CliRun(0, "", "profile 'dev' wants maven@>=3,<4\n"));
        assertThat(pool.out("profile", "remove", "dev", "jruby", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"description\":\"\",\"packages\":["
                        + "{\"name\":\"maven\",\"constraint\":\">=3,<4\",\"requirement\":\"maven@>=3,<4\"}]}\n");
        assertThat(pool.refusal(3, "profile", "remove", "dev", "maven", "jruby"))
                .isEqualTo("axiom: profile 'dev' does not ask for jruby\nhint: axiom profile show dev\n");
        assertThat(pool.out("profile", "show", "dev")).contains("maven");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile",
                "profile add",
                "profile add dev",
                "profile remove dev",
                "profile create",
                "profile resolve dev --prefer best",
                "profile rollback dev x",
                "profile diff",
                "profile resolve dev surplus"
            })
    void halfACommandDoesNothing(String line) {
        assertThat(pool.refusal(2, line.split(" "))).startsWith("axiom: ");
    }

    @Test
    void aNameOrConstraintThatBreaksARuleIsRefusedWithIt() {
        pool.out("profile", "create", "dev");
        assertThat(pool.refusal(2, "profile", "create", "../x")).contains("../x");
        assertThat(pool.refusal(2, "profile", "add", "dev", "good", "bad@>>1")).contains(">>1");
        assertThat(pool.refusal(2, "profile", "add", "dev", "good", "bad@>=2,<1"))
                .startsWith("axiom: 'bad@>=2,<1' allows no version at all\nhint: ");
        assertThat(pool.out("profile", "show", "dev", "--json")).contains("\"packages\":[]");
    }

    @Test
    void resolvingIsReportedWithWhatChanged() throws Exception {
        PackageId lib = pool.add("lib", "1.0");
        PackageId tool = pool.add("tool", "2.0", "lib@^1");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        String resolved = "\"resolved\":[{" + PoolRun.json(lib) + ",\"requested\":false},{" + PoolRun.json(tool)
                + ",\"requested\":true}]";
        String made = "{\"profile\":\"dev\",\"generation\":1,\"changed\":true," + resolved
                + ",\"changes\":[{\"name\":\"lib\",\"before\":null,\"after\":\"" + lib
                + "\"},{\"name\":\"tool\",\"before\":null,\"after\":\"" + tool
                + "\"}],\"askedNow\":[],\"askedNoLonger\":[]}\n";
        assertThat(pool.out("profile", "resolve", "dev", "--dry-run", "--json")).isEqualTo(made);
        assertThat(pool.out("profile", "history", "dev", "--json")).isEqualTo("[]\n");
        assertThat(pool.out("profile", "resolve", "dev", "--json")).isEqualTo(made);
        assertThat(pool.out("profile", "resolve", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"generation\":1,\"changed\":false," + resolved
                        + ",\"changes\":[],\"askedNow\":[],\"askedNoLonger\":[]}\n");
        assertThat(pool.out("profile", "show", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"description\":\"\","
                        + "\"packages\":[{\"name\":\"tool\",\"constraint\":\"*\",\"requirement\":\"tool\"}],\"generation\":1,"
                        + resolved + ",\"path\":\"" + pool.pool().resolve("state/profiles/dev/profile.yaml")
                        + "\",\"choices\":{\"prefer\":\"newest\",\"preferPackages\":[],\"pins\":[],\"exclude\":[],"
                        + "\"os\":null,\"arch\":null,\"optional\":false,\"several\":[]}}\n");
    }

    @Test
    void aBuildIsNoWish() throws Exception {
        PackageId id = pool.add("hello", "1.0");
        pool.out("profile", "create", "dev");
        String build = id.buildId().value();
        for (String word : List.of("hello@1.0_1", "hello@1.0_1+" + build.substring(0, 6), build)) {
            assertThat(pool.refusal(2, "profile", "add", "dev", word))
                    .isEqualTo("axiom: '" + word + "' names one build of hello, and a profile asks for versions\n"
                            + "hint: axiom profile add dev hello@1.0; to keep this very build: axiom root add " + id
                            + "\n");
        }
        assertThat(pool.out("profile", "show", "dev", "--json")).contains("\"packages\":[]");
        pool.out("profile", "add", "dev", "hello@1.0");
        assertThat(pool.out("profile", "resolve", "dev", "--json")).contains(id.toString());
        pool.out("root", "add", id.toString());
    }

    @Test
    void aVersionThatLooksLikeABuildIsAWish() throws Exception {
        PackageId jpeg = pool.add("jpeg", "6_1");
        PackageId cafe = pool.add("cafe", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "jpeg@6_1", "cafe", "none@6_1");
        pool.out("profile", "remove", "dev", "none");
        assertThat(pool.out("profile", "resolve", "dev", "--json")).contains(jpeg.toString(), cafe.toString());
    }

    /** The order has 5.2_1 and 5.2.1 in one place; a person means a revision. */
    @Test
    void aRevisionIsNoPartOfAnotherVersion() throws Exception {
        PackageId meant = pool.add("x", "5.2");
        pool.add("x", "5.2.1");
        pool.add("y", "5.2.1");
        pool.out("profile", "create", "dev");
        assertThat(pool.refusal(2, "profile", "add", "dev", "x@5.2_1"))
                .isEqualTo("axiom: 'x@5.2_1' names one build of x, and a profile asks for versions\n"
                        + "hint: axiom profile add dev x@5.2; to keep this very build: axiom root add " + meant + "\n");
        assertThat(pool.refusal(2, "profile", "add", "dev", "y@5.2_1"))
                .isEqualTo(
                        """
                        axiom: no package is called 'y@5.2_1', and as a version it would mean y@5.2.1
                        hint: axiom profile add dev y@5.2.1
                        """);
        assertThat(pool.refusal(3, "package", "remove", "y@5.2_1")).contains("no package is called 'y@5.2_1'");
        assertThat(pool.out("profile", "show", "dev", "--json")).contains("\"packages\":[]");
    }

    @ParameterizedTest
    @CsvSource({"1.2, semver", "5.2.15-2+b7, debian", "'1.2_3,1', freebsd"})
    void anIdAsksForItsVersionInEveryScheme(String version, String scheme) throws Exception {
        PackageId id = pool.addDescribed(
                "name: bash\nversion: '" + version + "'\nversion-scheme: " + scheme + "\n", "dependencies: []\n");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", id.toString());
        assertThat(pool.out("profile", "resolve", "dev", "--json")).contains(id.toString());
        assertThat(pool.out("profile", "remove", "dev", id.toString(), "--json"))
                .contains("\"packages\":[]");
    }

    @Test
    void whatTheProfileSaysInVainIsAWarning() throws Exception {
        pool.add("ssl", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "ssl");
        assertThat(pool.axiom("profile", "resolve", "dev", "--dry-run", "--json")
                        .err())
                .isEmpty();
        Path wishes = pool.pool().resolve("state/profiles/dev/profile.yaml");
        Files.writeString(wishes, Files.readString(wishes) + "exclude:\n  - name: sll\n");
        String warning = "the profile's exclusion of sll means nothing: there is no package sll (did you mean ssl?)";
        assertThat(pool.axiom("profile", "resolve", "dev", "--dry-run", "--json")
                        .err())
                .isEqualTo("{\"warning\":{\"message\":\"" + warning + "\"}}\n");
        assertThat(pool.axiom("profile", "resolve", "dev").err()).startsWith("axiom: " + warning + "\n");
    }

    @Test
    void whatIsLockedStaysUntilItIsUpgraded() throws Exception {
        pool.add("tool", "1.0", "lib");
        pool.add("lib", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        assertThat(pool.refusal(4, "profile", "resolve", "dev", "--locked")).contains("it has no lock file");
        pool.out("profile", "resolve", "dev");
        pool.add("tool", "1.1", "lib");
        pool.add("lib", "1.1");
        assertThat(pool.axiom("profile", "resolve", "dev", "--locked").err()).contains("nothing changes");
        assertThat(pool.axiom("profile", "resolve", "dev").err()).contains("nothing changes");
        assertThat(pool.refusal(3, "profile", "resolve", "dev", "--upgrade", "other"))
                .contains("cannot upgrade other");
        assertThat(pool.refusal(4, "profile", "resolve", "dev", "--upgrade", "lib", "--locked"))
                .contains("its lock file would change: lib 1.0 to 1.1");
        assertThat(pool.axiom("profile", "resolve", "dev", "--upgrade", "lib", "--verbose")
                        .out())
                .contains("lib      1.1_1")
                .contains("tool     1.0_1");
        assertThat(pool.axiom("profile", "resolve", "dev", "--upgrade").out()).contains("tool     1.1_1");
    }

    @Test
    void whoAskedForAPackageIsShown() throws Exception {
        pool.add("tool", "1.0", "lib");
        pool.add("lib", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        assertThat(pool.refusal(3, "profile", "why", "dev", "lib")).contains("never resolved");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("profile", "why", "dev", "lib"))
                .isEqualTo("profile 'dev' asks for tool 1.0_1\n  tool 1.0_1 needs lib, which is lib 1.0_1\n");
        assertThat(pool.refusal(3, "profile", "why", "dev", "lob")).contains("did you mean lib?");
        assertThat(pool.out("profile", "graph", "dev"))
                .startsWith("digraph \"dev\" {")
                .contains("\"tool 1.0\" -> \"lib 1.0\";");
    }

    @Test
    void aPersonSeesWhatBecameOfEachPackage() throws Exception {
        PackageId old = pool.add("tool", "1.0");
        pool.add("other", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool", "other");
        CliRun first = pool.axiom("profile", "resolve", "dev");
        assertThat(first.err()).isEqualTo("profile 'dev': generation 1 has 2 packages, 2 changed\n");
        PackageId fresh = pool.add("tool", "1.1");
        pool.out("profile", "remove", "dev", "other");
        CliRun second = pool.axiom("profile", "resolve", "dev", "--upgrade");
        assertThat(second.out())
                .isEqualTo(
                        """
                        PACKAGE  VERSION  BUILD ID          CHANGE
                        other    -        -                 gone, was 1.0_1
                        tool     1.1_1    %s  was 1.0_1
                        """
                                .formatted(fresh.buildId()));
        assertThat(second.err()).isEqualTo("profile 'dev': generation 2 has 1 package, 2 changed\n");
        CliRun again = pool.axiom("profile", "resolve", "dev");
        assertThat(again.err()).isEqualTo("profile 'dev': nothing changes, generation 2 has 1 package\n");
        CliRun oldest = pool.axiom("profile", "resolve", "dev", "--prefer", "oldest", "--dry-run");
        assertThat(oldest.out())
                .contains("1.0_1")
                .contains(old.buildId().value())
                .contains("was 1.1_1");
        assertThat(oldest.err()).isEqualTo("profile 'dev': generation 3 would have 1 package, 1 changed\n");
        assertThat(pool.axiom("profile", "resolve", "dev", "--quiet")).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void whatCannotBeSolvedIsExplainedInSentences() throws Exception {
        pool.add("lib", "1.0");
        pool.add("tool", "2.0", "lib@^2");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        String said = pool.refusal(6, "profile", "resolve", "dev");
        assertThat(said)
                .startsWith("axiom: the profile cannot be resolved:\n  1. ")
                .contains("tool")
                .contains("lib");
        assertThat(pool.refusal(6, "profile", "resolve", "dev", "--dry-run")).isEqualTo(said);
        assertThat(pool.refusal(6, "profile", "resolve", "dev", "--json"))
                .startsWith("{\"error\":{\"code\":\"unsolvable\",\"message\":\"");
        assertThat(pool.out("profile", "history", "dev")).isEmpty();
    }

    @Test
    void generationsAreListedComparedAndMadeCurrentAgain() throws Exception {
        PackageId old = pool.add("tool", "1.0");
        pool.out("profile", "create", "dev");
        assertThat(pool.refusal(3, "profile", "diff", "dev")).contains("never resolved");
        assertThat(pool.refusal(3, "profile", "rollback", "dev")).contains("no generation before");
        pool.out("profile", "add", "dev", "tool");
        pool.out("profile", "resolve", "dev");
        assertThat(pool.out("profile", "diff", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"from\":null,\"to\":1,\"changes\":[{\"name\":\"tool\","
                        + "\"before\":null,\"after\":\"" + old + "\"}]}\n");
        PackageId fresh = pool.add("tool", "1.1");
        pool.out("profile", "resolve", "dev", "--upgrade");
        assertThat(pool.out("profile", "diff", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"from\":1,\"to\":2,\"changes\":[{\"name\":\"tool\",\"before\":\""
                        + old + "\",\"after\":\"" + fresh + "\"}]}\n");
        assertThat(pool.out("profile", "diff", "dev")).isEqualTo("PACKAGE  BEFORE  AFTER\ntool     1.0_1   1.1_1\n");
        assertThat(pool.out("profile", "diff", "dev", "2", "1"))
                .isEqualTo("PACKAGE  BEFORE  AFTER\ntool     1.1_1   1.0_1\n");
        assertThat(pool.refusal(3, "profile", "diff", "dev", "7")).contains("no generation 7");
        assertThat(pool.out("profile", "history", "dev", "--json"))
                .matches("\\[\\{\"generation\":1,\"created\":\"[0-9T:-]+Z\",\"current\":false,\"packages\":1\\},"
                        + "\\{\"generation\":2,\"created\":\"[0-9T:-]+Z\",\"current\":true,\"packages\":1\\}]\n");
        assertThat(pool.out("profile", "history", "dev")).contains("GENERATION").contains("current");
        assertThat(pool.out("profile", "rollback", "dev", "--json"))
                .isEqualTo("{\"profile\":\"dev\",\"generation\":1}\n");
        assertThat(pool.out("profile", "list", "--json")).contains("\"generation\":1");
        assertThat(pool.axiom("profile", "rollback", "dev", "2").err())
                .isEqualTo("profile 'dev': generation 2 is the current one\n");
        assertThat(pool.refusal(3, "profile", "rollback", "dev", "9")).contains("no generation 9");
    }

    @Test
    void theSameVersionBuiltAnewIsToldApart() throws Exception {
        PackageId old = pool.add("tool", "1.0");
        PackageId fresh = pool.add("tool", "1.0", "lib");
        StringWriter text = new StringWriter();
        new Changes(1, 2, PackageChange.between(List.of(old), List.of(fresh))).text(text);
        assertThat(text.toString()).contains("1.0_1+" + old.buildId()).contains("1.0_1+" + fresh.buildId());
    }

    @Test
    void whoHoldsTheLockIsNamed() {
        pool.out("profile", "create", "dev");
        try (FileLock held = pool.store.locks().exclusive(RecordKind.PROFILE, "dev")) {
            assertThat(pool.refusal(7, "profile", "add", "dev", "x", "--lock-timeout", "0"))
                    .startsWith("axiom: profile 'dev' is locked by ")
                    .contains("a test")
                    .contains("--lock-timeout");
            assertThat(pool.refusal(7, "--lock-timeout", "1ms", "profile", "resolve", "dev", "--json"))
                    .startsWith("{\"error\":{\"code\":\"busy\"");
        }
        pool.out("profile", "add", "dev", "x");
    }

    @Test
    void aDamagedLockFileIsNamedAndNothingChanges() throws Exception {
        pool.add("tool", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "tool");
        pool.out("profile", "resolve", "dev");
        Path lock = pool.pool().resolve("state/profiles/dev/generations/1.lock.yaml");
        Files.writeString(lock, "resolved: [");
        for (String verb : new String[] {"show", "resolve", "history", "diff"}) {
            assertThat(pool.refusal(8, "profile", verb, "dev")).contains("1.lock.yaml");
        }
        assertThat(Files.readString(lock)).isEqualTo("resolved: [");
    }

    @Test
    void withoutAPoolThereIsNothingToRead(@TempDir Path empty) {
        CliRun run = CliRun.in(Map.of("AXIOM_POOL", "dir:" + empty.resolve("none")), "profile", "list");
        assertThat(run.code()).isEqualTo(9);
        assertThat(run.err()).contains("there is no pool at").contains("hint: ");
        assertThat(empty).isEmptyDirectory();
    }
}
