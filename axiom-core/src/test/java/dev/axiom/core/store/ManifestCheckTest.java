package dev.axiom.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests are told to be damaged only if they are. */
class ManifestCheckTest {
    private final Path folder;
    private final TestStore store;

    ManifestCheckTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = folder;
        this.store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<AxiomException> check(List<StoredPackage> packages) {
        List<AxiomException> troubles = new ArrayList<>();
        store.packages.checkManifests(packages, troubles::add);
        return troubles;
    }

    private Path manifest(StoredPackage stored) {
        return store.pool.folderAtRest(stored.dataset()).orElseThrow().resolve("manifest.yaml");
    }

    @Test
    void eachThatIsDamagedIsNamedWithAWayOut() throws IOException {
        store.add("a", "1.0");
        store.add("b", "1.0");
        store.add("c", "1.0");
        List<StoredPackage> all = store.packages.list();
        Files.writeString(manifest(all.get(0)), "name: a\n");
        Files.delete(manifest(all.get(2)));

        List<AxiomException> troubles = check(all);

        assertThat(troubles).extracting(AxiomException::code).containsExactly(ErrorCode.CORRUPT, ErrorCode.CORRUPT);
        assertThat(troubles.get(0)).hasMessageContaining(manifest(all.get(0)) + ":2:1: the document is cut off");
        assertThat(troubles.get(1)).hasMessage(manifest(all.get(2)) + " does not exist");
        assertThat(troubles.get(1).hint())
                .contains(
                        "axiom package remove " + all.get(2).id(),
                        "axiom package verify " + all.get(2).id());
    }

    @Test
    void oneThatIsLargeIsReadWhole() throws IOException {
        Path source = Files.createDirectories(folder.resolve("large"));
        Files.writeString(
                source.resolve("manifest.yaml"),
                "name: large\nversion: 1.0.0\ndescription: \"" + "x".repeat(60_000) + "\"\n");
        Files.createDirectory(source.resolve("root"));
        try (Lease lease = store.pool.lease("test")) {
            new PackageAdder("test").add(lease, new AddRequest(source, UnpackOptions.DEFAULT, AddRequest.Said.NOTHING));
        }
        assertThat(check(store.packages.list())).isEmpty();
    }

    @Test
    void oneThatWentSinceItWasListedIsNotDamaged() throws IOException {
        store.add("gone", "1.0");
        List<StoredPackage> listed = store.packages.list();
        try (Lease lease = store.pool.lease("test")) {
            store.remove(lease, listed.get(0).id());
        }
        assertThat(check(listed)).isEmpty();
    }
}
