package dev.axiom.gc;

import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.store.NewRecord;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A real pool in a folder, with packages of one small file each that are called by letters. */
final class TestStore implements AutoCloseable {
    static final long BYTES = 100;

    private final DirectoryPool pool;
    private final StoreLayout layout;
    private final Path root;
    private final Path lockFile;

    TestStore(Path folder) {
        this.root = folder;
        this.pool = DirectoryPool.create(folder);
        this.layout = new StoreLayout(pool.state());
        this.lockFile = pool.state().resolve("chosen.lock");
    }

    DirectoryPool pool() {
        return pool;
    }

    StoreLayout layout() {
        return layout;
    }

    Records records() {
        return new Records(pool, layout);
    }

    Target target() {
        return new Target(
                pool,
                layout,
                List.of(new RecordGenerations(this, RecordKind.PROFILE), new RecordGenerations(this, RecordKind.ENV)));
    }

    GarbageCollector collector(Clock clock) {
        Timepiece timepiece = clock instanceof TestClock test ? test : Timepiece.ofMachine(clock);
        return new GarbageCollector(target(), timepiece);
    }

    /** A lock file of its own, so that tests do not meet at the machine's. */
    GarbageCollector.Surroundings surroundings() {
        return surroundings(Progress.NONE);
    }

    GarbageCollector.Surroundings surroundings(Progress progress) {
        return new GarbageCollector.Surroundings(Optional.of(lockFile), progress, new StopSignal());
    }

    void add(String letters) {
        try (Lease lease = pool.lease("test add")) {
            Letters.ids(letters).parallelStream().forEach(id -> add(lease, id, "")); // they share the syncs
        }
    }

    /** A package that needs others: {@code add("a", "b; c>=1")}. */
    void add(String letter, String depends) {
        try (Lease lease = pool.lease("test add")) {
            add(lease, Letters.id(letter), depends);
        }
    }

    void add(Lease lease, PackageId id, String depends) {
        try (Staging staging = lease.stage()) {
            Files.createDirectory(staging.path().resolve("root"));
            Files.writeString(staging.path().resolve("root/file"), id.toString());
            Files.writeString(
                    staging.path().resolve("manifest.yaml"), ManifestCodec.write(Manifest.of(id.name(), id.version())));
            staging.seal(properties(id, depends), BYTES);
            staging.publish(StoreLayout.packageDataset(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> properties(PackageId id, String depends) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "name", id.name().value(),
                "version", id.version().toString(),
                "version-scheme", "semver",
                "revision", Integer.toString(id.revision()),
                "build-id", id.buildId().value(),
                "tree-digest", "0".repeat(64)));
        if (!depends.isEmpty()) {
            properties.put("depends", depends);
        }
        return properties;
    }

    /** {@code root("profile dev 1", "a b")}; likewise {@code env dev 1} and {@code pin base}. The first letter is the one asked for. */
    Path root(String root, String letters) {
        List<String> words = Letters.words(root);
        String owner = words.get(1);
        int generation = words.size() == 3 ? Integer.parseInt(words.get(2)) : 0;
        List<PackageId> ids = Letters.ids(letters);
        return switch (words.get(0)) {
            case "profile" -> root(new RecordKey(RecordKind.PROFILE, owner, generation), lock(owner, ids));
            case "env" -> root(new RecordKey(RecordKind.ENV, owner, generation), env(owner, generation, ids));
            default -> root(new RecordKey(RecordKind.PIN, owner, 0), NewRecord.of(new Pin(owner, "", ids)));
        };
    }

    private Path root(RecordKey key, NewRecord document) {
        try (Lease lease = pool.lease("test root");
                FileLock lock = lock(key)) {
            records().create(lease, key, document);
        }
        return path(key);
    }

    private FileLock lock(RecordKey key) {
        return new StoreLocks(layout, Duration.ofSeconds(30), "test").exclusive(key.kind(), key.owner());
    }

    private static NewRecord lock(String profile, List<PackageId> ids) {
        return NewRecord.of(new LockFile(
                new ProfileName(profile),
                ids.stream()
                        .map(id -> new LockedPackage(id, id.equals(ids.get(0))))
                        .toList()));
    }

    private static NewRecord env(String env, int generation, List<PackageId> ids) {
        return NewRecord.of(
                new EnvRecord(new EnvName(env), generation, new ProfileName(env), generation, EnvStrategy.LINK, ids));
    }

    /** The record's file. */
    Path path(RecordKey key) {
        return records().list(key.kind(), key.owner()).stream()
                .filter(record -> record.key().equals(key))
                .findFirst()
                .orElseThrow()
                .path();
    }

    void unroot(RecordKey key) {
        try (Lease lease = pool.lease("test unroot");
                FileLock lock = lock(key)) {
            records().remove(lease, key, Records.Between.NOTHING);
        }
    }

    /** An environment's files, held by nothing. */
    void disk(String env, int generation) {
        try (Lease lease = pool.lease("test realize")) {
            disk(lease, env, generation);
        }
    }

    void disk(Lease lease, String env, int generation) {
        try (Staging staging = lease.stage()) {
            Files.writeString(staging.path().resolve("file"), "x");
            staging.seal(Map.of(), BYTES);
            staging.publish(StoreLayout.envDataset(new EnvName(env), generation));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that are there, as letters in order. */
    String packages() {
        return Letters.of(
                new PackageStore(pool).list().stream().map(one -> one.id()).toList());
    }

    Set<HoldTag> holds(String letter) {
        DatasetName name = StoreLayout.packageDataset(Letters.id(letter));
        return pool.holds(List.of(name)).getOrDefault(name, Set.of());
    }

    /** What lies in staging, trash and leases: empty when nothing is left over. */
    Set<String> leftovers() {
        Set<String> names = new TreeSet<>();
        for (String folder : List.of("staging", "trash", "state/leases")) {
            String[] found = root.resolve(folder).toFile().list();
            if (found != null) {
                names.addAll(List.of(found));
            }
        }
        return names;
    }

    @Override
    public void close() {
        pool.close();
    }
}
