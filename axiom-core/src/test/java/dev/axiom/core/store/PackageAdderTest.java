package dev.axiom.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding packages: whole or not at all, once, whoever else adds. */
class PackageAdderTest {
    private final PackageAdder adder = new PackageAdder("test");
    private TestStore store;
    private Path folder;
    private Lease lease;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        this.folder = folder;
        store = new TestStore(folder);
        lease = store.pool.lease("test");
    }

    @AfterEach
    void close() {
        lease.close();
        store.close();
    }

    @Test
    void packagedFolderBringsItsMetadata() throws IOException {
        Path source = tree("anything");
        Files.writeString(source.resolve("manifest.yaml"), "name: web\nversion: 1.10\nrevision: 3\nprovides: [http]\n");
        Files.writeString(source.resolve("deps.yaml"), "dependencies:\n  - name: ssl\n    version: ^3.0\n");

        Added added = adder.add(lease, plain(source));

        assertThat(added.guessed()).isFalse();
        assertThat(added.id().toString()).startsWith("web@1.10_3+");
        StoredPackage stored = store.packages.find(PackageRef.parse("web"));
        assertThat(stored.dependencies()).containsExactly(Requirement.parse("ssl@^3.0"));
        assertThat(stored.provides()).extracting(Object::toString).containsExactly("http");
        assertThat(added.path().resolve("root/bin/run")).hasContent("#!/bin/sh\n");
        assertThat(added.path().resolve("root/manifest.yaml")).doesNotExist();
    }

    @Test
    void nameIsGuessedAndThatIsSaid() throws IOException {
        Added added = adder.add(lease, plain(tree("tool-2.1")));

        assertThat(added.guessed()).isTrue();
        assertThat(added.id().toString()).startsWith("tool@2.1_1+");
    }

    @Test
    void withoutNameOrVersionItIsRefusedAndNothingIsLeft() throws IOException {
        Path source = tree("nameless");

        assertInvalid(source, "--version");
        assertNothingLeft();
    }

    @Test
    void brokenManifestIsNamedWithItsPlaceAndNothingIsLeft() throws IOException {
        Path source = tree("x-1.0");
        Files.writeString(source.resolve("manifest.yaml"), "name: web\nverison: 1\n");

        assertInvalid(source, "manifest.yaml:2:1");
        assertNothingLeft();
    }

    @Test
    void sameContentIsTheSamePackageWhateverItsTimes() throws IOException {
        Path first = tree("tool-1.0");
        Path second = tree("other/tool-1.0");
        Files.setLastModifiedTime(second.resolve("bin/run"), FileTime.from(Instant.EPOCH));

        Added one = adder.add(lease, plain(first));
        Added two = adder.add(lease, plain(second));

        assertThat(two.isNew()).isFalse();
        assertThat(two.id()).isEqualTo(one.id());
        assertThat(two.path()).isEqualTo(one.path());
        assertThat(store.packages.list()).hasSize(1);
    }

    @Test
    void otherContentModeOrDependencyIsAnotherPackage() throws IOException {
        PackageId plain = store.add("tool", "1.0").id();
        PackageId needing = store.add("tool", "1.0", "ssl").id();
        Path source = tree("tool-1.0");
        PackageId content = adder.add(lease, plain(source)).id();
        Files.setPosixFilePermissions(source.resolve("bin/run"), PosixFilePermissions.fromString("rwx------"));
        PackageId mode = adder.add(lease, plain(source)).id();

        assertThat(List.of(plain, needing, content, mode)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> store.packages.find(PackageRef.parse("tool@1.0")))
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void sealedContentHasNoWriteBits() throws IOException {
        Path path = adder.add(lease, plain(tree("tool-1.0"))).path();
        try (var files = Files.walk(path.resolve("root"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .doesNotContain("w"));
        }
    }

    @Test
    void sixteenWhoAddTheSameGetOnePackage() throws Exception {
        Path source = tree("tool-1.0");

        List<Added> all = together(16, () -> adder.add(lease, plain(source)));

        assertThat(all).extracting(Added::id).containsOnly(all.get(0).id());
        assertThat(all).filteredOn(Added::isNew).hasSize(1);
        assertThat(store.packages.list()).hasSize(1);
        lease.close();
        lease = store.pool.lease("later");
        assertNothingLeft(1);
    }

    /** Adders meet a collector that destroys whatever nobody holds: each gets a package that exists. */
    @Test
    void addersNeverGetAPackageThatACollectorTook() throws Exception {
        Path source = tree("tool-1.0");
        List<Integer> rounds = together(8, () -> {
            for (int i = 0; i < 20; i++) {
                PackageId id;
                try (Lease mine = store.pool.lease("adder")) {
                    Added added = adder.add(mine, plain(source));
                    id = added.id();
                    assertThat(added.path().resolve("root/bin/run")).exists();
                    assertThat(collect(id).outcome()).isEqualTo(Destruction.Outcome.HELD);
                }
                collect(id);
            }
            return 20;
        });
        assertThat(rounds).hasSize(8).containsOnly(20);
    }

    private Destruction collect(PackageId id) {
        Condemned condemned = new Condemned(StoreLayout.packageDataset(id), Optional.empty());
        return store.pool.destroyUnheld(lease, List.of(condemned)).get(0);
    }

    @Test
    void packageInUseIsNotRemovedAndTheReasonIsGiven() throws IOException {
        PackageId id = store.add("tool", "1.0").id();
        store.packages.protect(lease, List.of(id));
        try (Lease other = store.pool.lease("remover")) {
            assertThatThrownBy(() -> store.remove(other, id))
                    .isInstanceOfSatisfying(
                            AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining("it is in use by ")
                    .hasMessageContaining(" (pid " + ProcessHandle.current().pid() + ", since ");
            lease.close();
            assertThat(store.remove(other, id)).isPositive();
            assertThat(store.packages.list()).isEmpty();
        }
    }

    /** As an unsealed dataset with the package's name looks in a pool. */
    @Test
    void whatIsNeitherThereNorGoneIsNotTriedForEver() {
        DatasetName name = new DatasetName("store/x");
        Staging taken = fake(Staging.class, new DatasetExistsException(name));
        Lease missing = fake(Lease.class, new DatasetMissingException(List.of(name)));
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThatThrownBy(() -> PackageAdder.publish(missing, taken, name))
                        .isInstanceOfSatisfying(
                                AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                        .hasMessageContaining("store/x"));
    }

    private static <T> T fake(Class<T> type, AxiomException always) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    throw always;
                }));
    }

    private void assertInvalid(Path source, String hintOrMessage) {
        assertThatThrownBy(() -> adder.add(lease, plain(source))).isInstanceOfSatisfying(AxiomException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.getMessage() + " " + e.hint()).contains(hintOrMessage);
        });
    }

    private void assertNothingLeft() throws IOException {
        assertNothingLeft(0);
    }

    private void assertNothingLeft(int packages) throws IOException {
        for (String parent : List.of("staging", "trash")) {
            try (var files = Files.list(store.pool.state().resolveSibling(parent))) {
                assertThat(files).as(parent).isEmpty();
            }
        }
        assertThat(store.packages.list()).hasSize(packages);
    }

    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("trees").resolve(name));
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/run"), "#!/bin/sh\n");
        return tree;
    }

    private static AddRequest plain(Path source) {
        return new AddRequest(source, UnpackOptions.DEFAULT, AddRequest.Said.NOTHING);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> List<T> together(int count, Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return work.run();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
