package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.FileSystems;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user who may read the pool and nothing more. */
class ReadOnlyUserTest {
    private static final int NOBODY = 65_534;

    private final FileSystems.Scratch home;
    private final String classPath;
    private final PoolRun pool;

    ReadOnlyUserTest() throws Exception {
        Assumptions.assumeTrue(Posix.isRoot(), "only root can become a user without rights");
        home = FileSystems.scratch("reader");
        Files.setPosixFilePermissions(home.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        classPath = ChildJvm.readableClassPath(home.path());
        pool = new PoolRun(home.path());
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        home.close();
    }

    @Test
    void looksAtPackagesWithoutALease() throws Exception {
        PackageId id = pool.add("hello", "1.0");
        PackageId other = pool.add("other", "1.0");
        for (List<String> look : List.of(
                List.of("package", "show", "hello", "--json"),
                List.of("package", "files", "hello"),
                List.of("package", "verify", "hello"),
                List.of("package", "verify", "--all", "--json"))) {
            CliRun root = pool.axiom(look.toArray(String[]::new));
            assertThat(asNobody(look)).as("%s", look).isEqualTo(root);
        }
        Path file = pool.pool().resolve("store/other-1.0_1-" + other.buildId() + "/root/bin/other");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "changed");
        CliRun damaged = asNobody(List.of("package", "verify", "--all"));
        assertThat(damaged.code()).as("%s", damaged).isEqualTo(8);
        assertThat(damaged.out()).contains(id + ": whole").contains(other + ": changed");
        CliRun refused = asNobody(List.of("package", "remove", "hello"));
        assertThat(refused.code()).as("%s", refused).isEqualTo(9);
        assertThat(refused.err()).contains("Permission denied");
    }

    @ParameterizedTest
    @CsvSource({"key, rw-------, rwxr-xr-x", "inner, rw-r--r--, rwx------"})
    void whatItMayNotReadIsNotCalledDamaged(String unread, String fileMode, String folderMode) throws Exception {
        PackageId whole = pool.add("hello", "1.0");
        Path source = Files.createDirectories(home.path().resolve("secret-1"));
        Path inner = Files.createDirectory(source.resolve("inner"));
        for (Path file : List.of(source.resolve("key"), inner.resolve("text"))) {
            Files.writeString(file, "x");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(fileMode));
        }
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString(folderMode));
        PackageId secret = PackageId.parse(
                pool.out("package", "add", source.toString()).strip().split(" ", -1)[1]);
        Path root =
                pool.pool().resolve(StoreLayout.packageDataset(secret).value()).resolve("root");

        CliRun run = asNobody(List.of("package", "verify", "--all"));

        assertThat(run.code()).as("%s", run).isEqualTo(9);
        assertThat(run.out()).isEqualTo(whole + ": whole\n");
        assertThat(run.err())
                .startsWith("axiom: cannot verify " + root + ": ")
                .contains(root + "/" + unread, ": Permission denied\nhint: your user may not do that there")
                .doesNotContain("as sealed");
        Files.setPosixFilePermissions(root.resolve("key"), PosixFilePermissions.fromString("---------"));
        assertThat(asNobody(List.of("package", "verify", "secret")).code())
                .as("another mode is damage, be it one that keeps from reading")
                .isEqualTo(8);
    }

    @Test
    void aSourceThatItMayNotReadIsNotCalledInvalid() throws Exception {
        Path own = Files.createDirectory(home.path().resolve("own"));
        Files.setAttribute(own, "unix:uid", NOBODY);
        Path source = Files.createDirectory(home.path().resolve("source-1"));
        Path key = Files.writeString(source.resolve("key"), "x");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("---------"));

        CliRun run = asNobody(List.of("package", "add", source.toString(), "--pool", "dir:" + own.resolve("pool")));

        assertThat(run.code()).as("%s", run).isEqualTo(9);
        assertThat(run.err())
                .contains(
                        "\naxiom: cannot read the source: ",
                        key + ": Permission denied\nhint: your user may not do that there");
    }

    @Test
    void isToldWhatItMayNotDoAndWhatToDo() throws Exception {
        pool.add("hello", "1.0");
        pool.out("profile", "create", "dev");
        pool.out("profile", "add", "dev", "hello");
        pool.out("profile", "resolve", "dev");
        pool.out("env", "realize", "desk", "dev");
        for (List<String> look : List.of(List.of("env", "list"), List.of("gc", "--dry-run", "--json"))) {
            CliRun root = pool.axiom(look.toArray(String[]::new));
            assertThat(asNobody(look)).as("%s", look).isEqualTo(root);
        }
        CliRun run = asNobody(List.of("env", "run", "desk", "--", "hello"));
        assertThat(run.code()).isEqualTo(9);
        assertThat(run.err())
                .startsWith("axiom: cannot take a lease in " + pool.pool() + ": ")
                .contains("\nhint: your user may look at this pool and not write to it: ask who owns it,")
                .contains("eval \"$(axiom env activate desk)\"");
        Path envs = pool.pool().resolve("state/envs");
        Files.setPosixFilePermissions(envs, PosixFilePermissions.fromString("rwx------"));
        CliRun list = asNobody(List.of("env", "list"));
        assertThat(list.err())
                .isEqualTo("axiom: " + envs + ": it cannot be listed: permission denied\nhint: your user may not"
                        + " do that there: ask who owns it, or do it as a user who may\n");
        Path profiles = pool.pool().resolve("state/profiles");
        Files.setPosixFilePermissions(profiles, PosixFilePermissions.fromString("rwx------"));
        CliRun show = asNobody(List.of("profile", "show", "dev"));
        assertThat(show.code()).isEqualTo(9);
        assertThat(show.err()).contains("permission denied: " + profiles, "\nhint: your user may not");
    }

    private CliRun asNobody(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(ChildJvm.NOBODY);
        command.addAll(ChildJvm.java(classPath, Main.class));
        command.addAll(arguments);
        Path err = Files.createTempFile("axiom-err", "");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().putAll(pool.variables());
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CliRun(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
