package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoredPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of a pool at any moment, also right after everybody who worked on it was killed. */
final class Wholeness {
    private Wholeness() {}

    /** Every root's packages exist and are held by it, and the pointers of a profile and an environment point to something. */
    static void check(Pool pool, String profile, String env) throws IOException {
        StoreLayout layout = new StoreLayout(pool.state());
        Set<DatasetName> packages = new PackageStore(pool)
                .list().stream().map(StoredPackage::dataset).collect(Collectors.toSet());
        for (Root root : new Records(pool, layout).roots()) {
            if (root.state() == RecordFile.State.READY) {
                root.packages().forEach(id -> assertHeld(pool, packages, root, id));
            }
        }
        Path lock = layout.profilePointer(new ProfileName(profile));
        if (Files.isSymbolicLink(lock)) {
            assertThat(lock).as("points to something").exists();
        }
        assertPointsToGeneration(pool, layout.envPointer(new EnvName(env)), new EnvName(env));
    }

    private static void assertHeld(Pool pool, Set<DatasetName> packages, Root root, PackageId id) {
        DatasetName dataset = StoreLayout.packageDataset(id);
        assertThat(packages).as(root.key().toString()).contains(dataset);
        Set<HoldTag> holds = pool.holds(List.of(dataset)).getOrDefault(dataset, Set.of());
        assertThat(holds).contains(root.key().tag());
    }

    /** The folder behind it may not be mounted since the machine started. */
    private static void assertPointsToGeneration(Pool pool, Path pointer, EnvName env) throws IOException {
        if (Files.isSymbolicLink(pointer)) {
            Path generation = Files.readSymbolicLink(pointer).resolveSibling("").getFileName();
            DatasetName dataset = StoreLayout.envDataset(env, Integer.parseInt(generation.toString()));
            assertThat(pool.find(dataset)).as("%s of %s", dataset, pointer).isPresent();
        }
    }
}
