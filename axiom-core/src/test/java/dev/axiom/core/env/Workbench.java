package dev.axiom.core.env;

import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A pool with packages that a test makes, and everything that works on it. */
final class Workbench implements AutoCloseable {
    static final EnvName DEV = new EnvName("dev");

    final Pool pool;
    final StoreLayout layout;
    final Records records;
    final Environments environments;
    final Lease lease;

    Workbench(Path folder) {
        this(folder, step -> {});
    }

    Workbench(Path folder, Consumer<Step> reached) {
        pool = DirectoryPool.create(folder);
        layout = new StoreLayout(pool.state());
        records = new Records(pool, layout);
        environments = environments(Duration.ofSeconds(30), reached);
        lease = pool.lease("a test");
    }

    /** Datasets of environments that no record names. */
    List<DatasetName> orphans() {
        EnvCatalog catalog = new EnvCatalog(pool, layout, records);
        return pool.parents(StoreLayout.ENV).stream()
                .flatMap(parent -> catalog.orphans(new EnvName(parent.leaf())).stream())
                .toList();
    }

    Environments environments(Duration timeout, Consumer<Step> reached) {
        return new Environments(
                new EnvCatalog(pool, layout, records), new StoreLocks(layout, timeout, "a test"), reached);
    }

    /** Adds a package that replaces others. */
    PackageId add(String nameAndVersion, Tree tree, String... replaces) {
        PackageId id = tree.id(nameAndVersion);
        try (Lease adding = pool.lease("adding");
                Staging staging = adding.stage()) {
            tree.write(staging.path());
            Files.writeString(staging.path().resolve("manifest.yaml"), ManifestCodec.write(manifest(id, replaces)));
            staging.seal(Map.of(), 1);
            staging.publish(StoreLayout.packageDataset(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return id;
    }

    private static Manifest manifest(PackageId id, String... replaces) {
        List<Requirement> others =
                Arrays.stream(replaces).map(Requirement::parse).toList();
        return new Manifest(
                id.name(),
                id.version(),
                id.revision(),
                Manifest.About.NOTHING,
                new Manifest.Relations(List.of(), List.of(), others));
    }

    static Locked lock(int generation, PackageId... packages) {
        return new Locked(
                generation,
                new LockFile(
                        new ProfileName("profile"),
                        Arrays.stream(packages)
                                .map(id -> new LockedPackage(id, true))
                                .toList()));
    }

    Realized realize(EnvStrategy strategy, int profileGeneration, PackageId... packages) {
        return environments.realize(lease, DEV, request(strategy, profileGeneration, packages));
    }

    static RealizeRequest request(EnvStrategy strategy, int profileGeneration, PackageId... packages) {
        Locked locked = lock(profileGeneration, packages);
        return new RealizeRequest(() -> locked, strategy, ConflictPolicy.ERROR, false);
    }

    /** What every command does at its start. */
    EnvRecovery recover() {
        pool.recover();
        records.recover();
        try (Lease recovering = pool.lease("recovering")) {
            return environments.recover(recovering);
        }
    }

    List<Integer> generations() {
        return environments.generations(DEV).stream().map(EnvGeneration::number).toList();
    }

    int current() {
        return environments.show(DEV).current().number();
    }

    @Override
    public void close() {
        lease.close();
        pool.close();
    }
}
