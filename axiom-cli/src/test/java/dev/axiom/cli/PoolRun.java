package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pool of a test's own, and the program run on it, in this process. */
final class PoolRun implements AutoCloseable {
    private final Path folder;
    final TestStore store;

    /** @param folder an empty one */
    PoolRun(Path folder) throws IOException {
        this.folder = folder;
        this.store = new TestStore(folder);
    }

    Path pool() {
        return folder.resolve("pool");
    }

    /** The variables of a user who has this pool and no configuration. */
    Map<String, String> variables() {
        return Map.of("HOME", folder.resolve("home").toString(), "AXIOM_POOL", "dir:" + pool());
    }

    /** Runs a command line. */
    CliRun axiom(String... arguments) {
        return CliRun.in(variables(), arguments);
    }

    /** Runs a command line that must succeed, and gives what it printed. */
    String out(String... arguments) {
        CliRun run = axiom(arguments);
        assertThat(run.code()).as("%s", run).isZero();
        return run.out();
    }

    /** Runs a command line that must fail in this way, with nothing on standard output, and gives the complaint. */
    String refusal(int code, String... arguments) {
        CliRun run = axiom(arguments);
        assertThat(run.code()).as("%s", run).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    /** Adds a package with one file, {@code bin/<name>}. */
    PackageId add(String name, String version, String... dependencies) throws IOException {
        return store.add(name, version, dependencies).id();
    }

    /** Adds a package with one file by {@code package add}, described by a whole manifest.yaml and deps.yaml. */
    PackageId addDescribed(String manifest, String deps) throws IOException {
        Path source = Files.createTempDirectory(folder, "described");
        Files.writeString(source.resolve("manifest.yaml"), manifest);
        Files.writeString(source.resolve("deps.yaml"), deps);
        Files.writeString(source.resolve("content"), manifest);
        String added = out("package", "add", source.toString());
        return PackageId.parse(added.strip().split(" ", -1)[1]);
    }

    /** What {@code package list} knows. */
    String packages() {
        return store.packages.list().stream()
                .map(stored -> stored.id().name() + "@" + stored.id().version())
                .collect(Collectors.joining(" "));
    }

    /** A package in JSON, as it stands everywhere, without the braces. */
    static String json(PackageId id) {
        return "\"id\":\"%s\",\"name\":\"%s\",\"version\":\"%s\",\"revision\":%d,\"buildId\":\"%s\""
                .formatted(id, id.name(), id.version(), id.revision(), id.buildId());
    }

    /** A list of ids in JSON. */
    static String ids(PackageId... ids) {
        return Stream.of(ids).map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public void close() {
        store.close();
    }
}
