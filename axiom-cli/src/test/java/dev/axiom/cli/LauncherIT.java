package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as its users start it: another process, another folder, any environment. */
class LauncherIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin/java").toString();

    private final Path folder;
    private final Path distribution;

    LauncherIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.distribution = folder.resolve("opt/axiom");
        Path built = Path.of(String.valueOf(System.getProperty("axiom.distribution")));
        Files.createDirectories(distribution.getParent());
        sh(Map.of(), "cp -a '" + built + "' '" + distribution + "' && rm -f '" + distribution + "'/lib/*.jsa");
    }

    @Test
    void aFirstStartMakesTheArchiveAndTheNextOnesUseIt() throws Exception {
        CliRun first = axiom("version");
        assertThat(first.code()).isZero();
        assertThat(first.err()).isEmpty();
        List<Path> archives = archives();
        assertThat(archives).hasSize(1);
        assertThat(axiom("version")).isEqualTo(first);
        assertThat(archives()).isEqualTo(archives);
        String log = sh(
                        Map.of("AXIOM_JAVA_OPTS", "-Xlog:class+load:file=" + folder.resolve("classes.log")),
                        "'" + distribution + "/bin/axiom' version")
                .err();
        assertThat(log).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("classes.log")))
                .anyMatch(line -> line.contains("dev.axiom.cli.Main ") && line.contains("shared objects file"));
    }

    @Test
    void racingFirstStartsAllSucceed() throws Exception {
        List<Process> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            racers.add(process(Map.of(), "'" + distribution + "/bin/axiom' version 2>&1")
                    .start());
        }
        for (Process racer : racers) {
            String said = new String(racer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(racer.waitFor()).isZero();
            assertThat(said).startsWith("axiom ").hasLineCount(1);
        }
        assertThat(archives()).hasSize(1);
        assertThat(inLib(".*\\.jsa\\..*")).isEmpty();
    }

    @Test
    void anArchiveThatIsDamagedOrCannotBeMadeIsNoTrouble() throws Exception {
        CliRun good = axiom("version");
        Files.delete(archives().get(0));
        Files.writeString(archiveName(good), "not an archive");
        assertThat(axiom("version")).isEqualTo(good);
        Files.writeString(archiveName(good), "");
        assertThat(axiom("version")).isEqualTo(good);
        assertThat(sh(Map.of("AXIOM_CDS", "off"), "'" + distribution + "/bin/axiom' version"))
                .isEqualTo(good);
    }

    @Test
    void anEnvironmentWithNothingInItSuffices() throws Exception {
        CliRun run = sh(Map.of(), "env -i AXIOM_JAVA='" + JAVA + "' /bin/sh '" + distribution + "/bin/axiom' version");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aFolderWithASpaceInItsNameIsOnlySlower() throws Exception {
        CliRun run = sh(
                Map.of(),
                "cp -a '" + distribution + "' '" + folder + "/a b' && '" + folder + "/a b/bin/axiom' version");
        assertThat(run).isEqualTo(axiom("version"));
    }

    @Test
    void aLinkToTheProgramIsFollowed() throws Exception {
        sh(
                Map.of(),
                "mkdir '" + folder + "/bin'; ln -s '../opt/axiom/bin/axiom' '" + folder + "/bin/a'; " + "ln -s a '"
                        + folder + "/bin/axiom'");
        assertThat(sh(Map.of(), "PATH='" + folder + "/bin:'$PATH; cd /; axiom version")
                        .out())
                .startsWith("axiom ");
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        CliRun run = sh(Map.of("LC_ALL", "POSIX"), "'" + distribution + "/bin/axiom' 'hé *  中'");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("axiom: unknown command 'hé *  中' of 'axiom'\n");
    }

    @Test
    void noStartWritesToTheFolderForTemporaryFiles() throws Exception {
        axiom("version"); // makes the class archive, which takes a folder for its lessons
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
        FileTime before = Files.getLastModifiedTime(temporary);
        CliRun run = sh(
                Map.of("AXIOM_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
                "'" + distribution + "/bin/axiom' --pool 'dir:" + folder + "/pool' setup --json");
        assertThat(run.code()).as("%s", run).isZero();
        assertThat(Files.getLastModifiedTime(temporary)).isEqualTo(before);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void withoutALibraryForThisProcessorTheOneInTheJarIsUnpacked() throws Exception {
        sh(Map.of(), "rm -r '" + distribution + "/lib/jni'");
        CliRun run = axiom("--pool 'dir:" + folder + "/pool' setup --json");
        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aJavaThatIsMissingOrTooOldIsNamedWithWhatToInstall() throws Exception {
        CliRun missing = sh(Map.of("AXIOM_JAVA", "/nowhere/java"), "'" + distribution + "/bin/axiom' version");
        assertThat(missing.code()).isEqualTo(9);
        assertThat(missing.err()).contains("/nowhere/java").contains("apt-get install");
        Path old = Files.createDirectories(folder.resolve("jdk8/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
        sh(Map.of(), "chmod +x '" + old + "'");
        CliRun tooOld = sh(Map.of("AXIOM_JAVA", old.toString()), "'" + distribution + "/bin/axiom' version");
        assertThat(tooOld.code()).isEqualTo(9);
        assertThat(tooOld.err()).contains("1.8.0_402").contains("Java 17");
    }

    @Test
    void aReaderThatLeavesEndsTheRunQuietly() throws Exception {
        CliRun run = sh(
                Map.of(),
                "{ '" + distribution + "/bin/axiom' completion bash; echo $? >&2; } | true; " + "'" + distribution
                        + "/bin/axiom' version >/dev/full; echo $? >&2");
        assertThat(run.err()).isEqualTo("0\naxiom: cannot write standard output: No space left on device\n9\n");
    }

    private CliRun axiom(String arguments) throws Exception {
        return sh(Map.of(), "'" + distribution + "/bin/axiom' " + arguments);
    }

    private List<Path> archives() throws IOException {
        return inLib(".*\\.jsa");
    }

    private List<Path> inLib(String name) throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        }
    }

    /** Where the archive that {@code run} made lay. */
    private Path archiveName(CliRun run) throws Exception {
        assertThat(axiom("version")).isEqualTo(run);
        Path archive = archives().get(0);
        Files.delete(archive);
        return archive;
    }

    private CliRun sh(Map<String, String> variables, String script) throws Exception {
        Path err = Files.createTempFile(folder, "err", "");
        Process process = process(variables, script).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CliRun(process.waitFor(), out, Files.readString(err));
    }

    private ProcessBuilder process(Map<String, String> variables, String script) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("AXIOM_JAVA", JAVA);
        builder.environment().putAll(all);
        return builder;
    }
}
