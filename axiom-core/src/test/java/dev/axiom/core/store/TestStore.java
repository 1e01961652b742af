package dev.axiom.core.store;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A store in a fresh directory pool, and packages made with a word. For tests of all modules. */
public final class TestStore implements AutoCloseable {
    public final Pool pool;
    public final StoreLayout layout;
    public final Records records;
    public final PackageStore packages;
    private final Path sources;

    /** @param folder an empty folder of the test's own */
    public TestStore(Path folder) throws IOException {
        this.pool = DirectoryPool.create(folder.resolve("pool"));
        this.layout = new StoreLayout(pool.state());
        this.records = new Records(pool, layout);
        this.packages = new PackageStore(pool);
        this.sources = Files.createDirectories(folder.resolve("sources"));
    }

    /** Locks as a command takes them that waits ten seconds. */
    public StoreLocks locks() {
        return new StoreLocks(layout, Duration.ofSeconds(10), "a test");
    }

    /**
     * Adds a package with one file {@code bin/<name>}.
     *
     * @param dependencies in the form {@code name@constraint}
     */
    public Added add(Lease lease, String name, String version, String... dependencies) throws IOException {
        Path source = Files.createTempDirectory(sources, name);
        Files.createDirectories(source.resolve("bin"));
        Files.writeString(source.resolve("bin/" + name), name + " " + version + "\n");
        return new PackageAdder("test")
                .add(lease, new AddRequest(source, UnpackOptions.DEFAULT, said(name, version, dependencies)));
    }

    private static AddRequest.Said said(String name, String version, String... dependencies) {
        StringBuilder yaml = new StringBuilder("dependencies:");
        Stream.of(dependencies).map(text -> text.split("@", 2)).forEach(parts -> yaml.append("\n  - name: ")
                .append(parts[0])
                .append("\n    version: \"")
                .append(parts.length > 1 ? parts[1] : "*")
                .append('"'));
        return new AddRequest.Said(
                Optional.of(new PackageName(name)),
                Optional.of(version),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Source.ofUser("deps.yaml", yaml + (dependencies.length == 0 ? " []" : "") + "\n")));
    }

    /** Adds version 1.0 of a package that holds just this file. */
    public PackageId addFile(String name, String file, String text) throws IOException {
        Path source = Files.createTempDirectory(sources, name);
        Files.createDirectories(Objects.requireNonNull(source.resolve(file).getParent()));
        Files.writeString(source.resolve(file), text);
        try (Lease lease = pool.lease("test")) {
            return new PackageAdder("test")
                    .add(lease, new AddRequest(source, UnpackOptions.DEFAULT, said(name, "1.0")))
                    .id();
        }
    }

    /** As {@link #add(Lease, String, String, String...)}, protected by no lease afterwards. */
    public Added add(String name, String version, String... dependencies) throws IOException {
        try (Lease lease = pool.lease("test")) {
            return add(lease, name, version, dependencies);
        }
    }

    /** As {@code axiom package remove}. */
    public long remove(Lease lease, PackageId id) {
        return new PackageRemoval(pool, records).remove(lease, id);
    }

    @Override
    public void close() {
        pool.close();
    }
}
