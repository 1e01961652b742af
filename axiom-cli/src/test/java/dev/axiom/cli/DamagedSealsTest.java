package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.archive.DebianFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seal of a package is damaged. Whoever does something to another package does it, and is told. */
class DamagedSealsTest {
    private final PoolRun pool;
    private final Path folder;
    private final PackageId bad;

    DamagedSealsTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = folder;
        this.pool = new PoolRun(folder);
        this.bad = pool.add("bad", "1.0");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Path folder(PackageId id) {
        return pool.pool().resolve(StoreLayout.packageDataset(id).value());
    }

    /** What is told of it, with its hint. */
    private String damage(PackageId id) throws IOException {
        Path seal = folder(id).resolve(".pool/sealed");
        Files.writeString(seal, "axiom-seal 1\n");
        return "the seal " + seal
                + " is damaged: it is cut off or changed: its checksum does not fit\nhint: nothing was"
                + " removed; restore the package, or move its folder out of the pool and add it again";
    }

    @Test
    void whatIsAddedIsSaid() throws IOException {
        String trouble = damage(bad);
        Path deb = folder.resolve("foo.deb");
        DebianFile.write(
                deb, "Package: foo\nVersion: 1.0-1\nArchitecture: all\nDepends: libfoo (>= 2.0)\n", "a program");

        CliRun run = pool.axiom("package", "add", deb.toString());

        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.out()).startsWith("added foo@debian:1.0-1_1+");
        assertThat(run.err())
                .endsWith("axiom: " + trouble
                        + "\naxiom: nothing in the store is libfoo@debian:>=2.0, which foo@1.0-1_1 needs\n");
        CliRun json = pool.axiom("package", "add", deb.toString(), "--json");
        assertThat(json.code()).isZero();
        assertThat(json.out()).contains("\"status\":\"unchanged\"");
        assertThat(json.err()).contains("{\"warning\":{\"message\":\"the seal ").hasLineCount(2);
    }

    private void assertWarned(String trouble, CliRun run) {
        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.err().split(Pattern.quote(trouble), -1))
                .as("told once: %s", run)
                .hasSize(2);
    }

    /** By its whole id only: a name could be that of the damaged one, too. */
    @Test
    void anotherPackageIsPinnedAndRemoved() throws IOException {
        PackageId good = pool.add("good", "1.0");
        String trouble = damage(bad);
        for (String command : List.of("root add good", "package remove good")) {
            assertThat(pool.refusal(8, command.split(" ")))
                    .contains(trouble + "; if another package is meant, name it by its whole id");
        }
        assertWarned(trouble, pool.axiom("root", "add", good.toString(), "--name", "keep"));
        assertThat(pool.refusal(7, "package", "remove", good.toString())).contains("pin keep");
        pool.out("root", "remove", "keep");
        assertWarned(trouble, pool.axiom("package", "remove", good.toString()));
        assertThat(folder(good)).doesNotExist();
        assertThat(pool.refusal(8, "package", "remove", bad.toString())).contains(trouble);
        assertThat(folder(bad)).exists();
    }

    @Test
    void anotherProfileIsResolvedAndShown() throws IOException {
        pool.add("good", "1.0");
        pool.out("profile", "create", "dev");
        String trouble = damage(bad);
        String told = trouble.substring(0, trouble.indexOf('\n')) + "; it was passed over";
        assertWarned(trouble, pool.axiom("profile", "add", "dev", "good", "--quiet", "cafe"));
        pool.out("profile", "remove", "dev", "cafe");
        assertWarned(told, pool.axiom("profile", "resolve", "dev", "--dry-run"));
        assertWarned(told, pool.axiom("profile", "resolve", "dev"));
        assertWarned(told, pool.axiom("profile", "resolve", "dev", "--locked"));
        for (String look : List.of("profile show dev", "profile why dev good", "profile graph dev")) {
            CliRun run = pool.axiom(look.split(" "));
            assertThat(run.code()).as("%s", run).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void noProfileLosesALockedPackageToDamage() throws IOException {
        pool.add("bad", "0.9");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "bad");
        pool.out("profile", "resolve", "dev");
        String trouble = damage(bad);

        assertThat(pool.refusal(8, "profile", "resolve", "dev")).contains(trouble);
        assertThat(pool.refusal(8, "profile", "resolve", "dev", "--dry-run")).contains(trouble);

        assertThat(pool.refusal(8, "profile", "graph", "dev")).contains(trouble);
        assertThat(pool.out("profile", "history", "dev").lines())
                .as("and a heading")
                .hasSize(2);
    }

    @Test
    void whatMayBeSolvableIsNotCalledUnsolvable() throws IOException {
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "bad");
        String trouble = damage(bad);
        assertThat(pool.refusal(8, "profile", "resolve", "dev"))
                .contains(trouble.substring(0, trouble.indexOf('\n'))
                        + "; and without that package the profile cannot be")
                .contains(trouble.substring(trouble.indexOf('\n')));
    }
}
