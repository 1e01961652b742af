package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of a test's own with sources to add, and the program run on a pool in it, in this process. */
record Sandbox(Path folder) {
    /** What an id looks like, for names without special characters. */
    static final String ID = "[a-z0-9-]+@[0-9.]+_[0-9]+\\+[0-9a-f]{16}";

    Path pool() {
        return folder.resolve("pool");
    }

    Map<String, String> variables() {
        return Map.of("HOME", folder.resolve("home").toString(), "AXIOM_POOL", "dir:" + pool());
    }

    CliRun axiom(Object... arguments) {
        return CliRun.in(variables(), Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    /** Runs a command line that must succeed, and gives what it printed. */
    String out(Object... arguments) {
        CliRun run = axiom(arguments);
        assertThat(run.code()).as("%s", run).isZero();
        return run.out();
    }

    /** Runs a command line that must fail in this way, with nothing on standard output, and gives the complaint. */
    String refusal(int code, Object... arguments) {
        CliRun run = axiom(arguments);
        assertThat(run.code()).as("%s", run).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    /** A folder with one program, one text and a link, as a source. */
    Path tree(String name) throws IOException {
        Path tree = folder.resolve(name);
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/run"), "#!/bin/sh\necho " + name + "\n");
        Files.writeString(tree.resolve("read me"), name);
        // Whatever the umask says here.
        Files.setPosixFilePermissions(tree.resolve("bin"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(tree.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(tree.resolve("read me"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(tree.resolve("run"), Path.of("bin/run"));
        return tree;
    }

    /** The tree with a manifest beside it. */
    Path packaged(String name, String manifest) throws IOException {
        Path tree = tree(name);
        Files.writeString(tree.resolve("manifest.yaml"), manifest);
        return tree;
    }

    /** Runs another program in the folder; it must succeed. */
    void sh(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** The id of the only package with this name. */
    String id(String name) {
        var ids = Pattern.compile(Pattern.quote("\"" + name) + "@[^\"]*\"").matcher(out("package", "list", "--json"));
        assertThat(ids.find()).as("a package %s", name).isTrue();
        String id = ids.group();
        assertThat(ids.find()).as("a second package %s", name).isFalse();
        return id.substring(1, id.length() - 1);
    }

    /** No work in progress is left in the pool, nor any lease. */
    void assertNothingIsLeftBehind() throws IOException {
        for (String parent : List.of("staging", "trash", "state/leases")) {
            try (Stream<Path> left = Files.list(pool().resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
    }
}
