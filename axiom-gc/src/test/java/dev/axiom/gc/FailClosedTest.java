package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A root that cannot be understood stops the collection: it is named, and nothing goes. */
class FailClosedTest {
    private static final CollectOptions AT_ONCE = CollectOptions.DEFAULT.withGrace(Duration.ZERO);
    private static final String[] ROOTS = {"profile dev 1", "env dev 1", "pin dev"};

    private TestStore store;

    @BeforeEach
    void open(@TempDir(factory = InMemory.class) Path folder) {
        store = new TestStore(folder.resolve("pool"));
        store.add("a b c");
        store.disk("orphan", 1);
        store.root("profile other 1", "c");
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Neither the dry run nor the run gets by; both name the place. */
    private void assertStops(Path culprit) {
        Set<Dataset> before = everything();
        GarbageCollector collector = store.collector(Clock.systemUTC());
        assertThatThrownBy(() -> collector.plan(AT_ONCE)).satisfies(e -> assertNames(e, culprit));
        assertThatThrownBy(() -> collector.run(AT_ONCE, store.surroundings())).satisfies(e -> assertNames(e, culprit));
        assertThat(everything()).isEqualTo(before);
    }

    private static void assertNames(Throwable e, Path culprit) {
        assertThat(e).isInstanceOf(AxiomException.class).hasMessageContaining(culprit.toString());
        assertThat(((AxiomException) e).code()).isEqualTo(ErrorCode.CORRUPT);
    }

    /** All that could be destroyed or marked. */
    private Set<Dataset> everything() {
        Set<Dataset> all = new TreeSet<>(Comparator.comparing(Dataset::name));
        all.addAll(store.pool().list(StoreLayout.STORE));
        all.addAll(Surveyor.environments(store.pool()));
        return all;
    }

    private Path root(String root) {
        return store.root(root, "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile dev 1", "env dev 1", "pin dev"})
    void aRecordCutOffAnywhere(String root) throws IOException {
        Path record = root(root);
        byte[] whole = Files.readAllBytes(record);
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 12)) {
            Files.write(record, Arrays.copyOf(whole, length));
            assertStops(record);
        }
        Files.write(record, Arrays.copyOf(whole, whole.length - 1));
        assertStops(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile dev 1", "env dev 1", "pin dev"})
    void aRecordFullOfSomethingElse(String root) throws IOException {
        Path record = root(root);
        for (String text :
                List.of("\0\0\0\0", "{", "just a line\n", "packages: []\n", "- a\n- b\n", "!!java.net.URL [x]\n")) {
            Files.writeString(record, text);
            assertStops(record);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile dev 1", "env dev 1", "pin dev"})
    void aFolderOrALinkInPlaceOfARecord(String root) throws IOException {
        Path record = root(root);
        Path aside = store.pool().state().resolve("aside");
        Files.move(record, aside);
        Files.createDirectory(record);
        assertStops(record);
        Files.delete(record);
        Files.createSymbolicLink(record, aside);
        assertStops(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile dev 1", "env dev 1", "pin dev"})
    void aForeignFileAmongTheRecords(String root) throws IOException {
        Path foreign = root(root).resolveSibling("notes.txt");
        Files.writeString(foreign, "remember");
        assertStops(foreign);
    }

    @ParameterizedTest
    @CsvSource({"profile dev 1, 7.lock.yaml", "env dev 1, 7.env.yaml", "pin dev, seven.pin.yaml"})
    void aRecordInThePlaceOfAnother(String root, String other) throws IOException {
        Path record = root(root);
        Path copy = record.resolveSibling(other);
        if (root.startsWith("profile")) { // a lock file does not say its generation, but it does say its profile
            Path folder = store.layout().profilesFolder().resolve("impostor/generations");
            Files.createDirectories(folder);
            copy = folder.resolve(other);
        }
        Files.copy(record, copy);
        assertStops(copy);
    }

    @Test
    void aFileInPlaceOfAFolderOfRecords() throws IOException {
        root("profile dev 1");
        Path folder = store.layout().profilesFolder().resolve("dev/generations");
        Files.move(folder, store.pool().state().resolve("aside"));
        Files.writeString(folder, "");
        assertStops(folder);
    }

    /** A link that leads nowhere looks like a folder that nobody has made yet. */
    @ParameterizedTest
    @ValueSource(strings = {"", "envs", "envs/dev", "envs/dev/generations", "profiles", "profiles/dev", "pins"})
    void aLinkInPlaceOfAFolderOfRecords(String folder) throws IOException {
        root("env dev 1");
        store.disk("dev", 1);
        root("profile dev 1");
        root("pin dev");
        Path place = store.pool().state().resolve(folder);
        Path aside = store.pool().state().resolveSibling("aside");
        Files.move(place, aside);
        for (Path target : List.of(Path.of("nowhere"), store.pool().state().resolveSibling("staging"))) {
            Files.createSymbolicLink(place, target);
            Set<Dataset> before = everything();
            assertThatThrownBy(() -> store.collector(Clock.systemUTC()).plan(AT_ONCE))
                    .hasMessageContaining(place.toString());
            assertThatThrownBy(() -> store.collector(Clock.systemUTC()).run(AT_ONCE, store.surroundings()))
                    .isInstanceOf(AxiomException.class);
            assertThat(everything()).isEqualTo(before);
            Files.delete(place);
        }
        Files.move(aside, place);
    }

    @Test
    void aFolderOrALinkInPlaceOfALease() throws IOException {
        try (Lease lease = store.pool().lease("axiom env run")) {
            lease.protect(List.of(StoreLayout.packageDataset(Letters.id("b"))));
            Path file = store.pool().state().resolve("leases").resolve(lease.id());
            Path aside = store.pool().state().resolve("aside");
            Files.move(file, aside);
            Files.createDirectory(file);
            assertStops(file);
            Files.delete(file);
            Files.createSymbolicLink(file, aside);
            assertStops(file);
            Files.delete(file);
            Files.move(aside, file);
        }
    }

    @Test
    void aRecordThatThisUserMayNotRead() throws IOException {
        Path record = root("profile dev 1");
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(record), "root reads everything");
        assertStops(record);
    }

    @Test
    void aRecordThatListsWhatIsNotThere() throws IOException {
        Path record = root("profile dev 1");
        String text = Files.readString(record);
        Files.writeString(record, text.replace(Letters.id("a").buildId().value(), "f".repeat(16)));
        assertStops(record);
    }

    @Test
    void aPackageWhoseSealIsDamaged() throws IOException {
        Path seal = store.pool()
                .state()
                .resolveSibling(StoreLayout.packageDataset(Letters.id("b")).value())
                .resolve(".pool/sealed");
        Files.writeString(seal, "axiom-seal 1\n");
        GarbageCollector collector = store.collector(Clock.systemUTC());
        assertThatThrownBy(() -> collector.plan(AT_ONCE)).satisfies(e -> assertNames(e, seal));
        assertThatThrownBy(() -> collector.run(AT_ONCE, store.surroundings())).satisfies(e -> assertNames(e, seal));
        assertThat(seal.resolveSibling("../root/file")).exists();
    }

    /** Of a package that a root lists, and of one that nothing uses. */
    @ParameterizedTest
    @ValueSource(strings = {"b", "c"})
    void aDamagedManifest(String letter) throws IOException {
        Path manifest = manifest(letter);
        byte[] whole = Files.readAllBytes(manifest);
        for (int length = 0; length < whole.length; length += 10) {
            Files.write(manifest, Arrays.copyOf(whole, length));
            assertStops(manifest);
        }
        for (String more : List.of("x", "#\n", " ".repeat(20_000), "\0".repeat(16 << 20))) {
            Files.write(manifest, whole);
            Files.writeString(manifest, more, StandardOpenOption.APPEND);
            assertStops(manifest);
        }
        Files.delete(manifest);
        assertStops(manifest);
        Files.createDirectory(manifest);
        assertStops(manifest);
        Files.delete(manifest);
        Files.createSymbolicLink(manifest, manifest);
        assertStops(manifest);
    }

    @Test
    void aManifestThatThisUserMayNotRead() throws IOException {
        Path manifest = manifest("b");
        Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(manifest), "root reads everything");
        assertStops(manifest);
    }

    private Path manifest(String letter) {
        return store.pool()
                .folderAtRest(StoreLayout.packageDataset(Letters.id(letter)))
                .orElseThrow()
                .resolve("manifest.yaml");
    }

    @Test
    void allIsWellAgainOnceTheCulpritIsMovedAway() throws IOException {
        for (String root : ROOTS) {
            root(root);
        }
        Path foreign = store.pool().state().resolve("pins/core.1234");
        Files.writeString(foreign, "");
        assertStops(foreign);
        Files.delete(foreign);
        Report report = store.collector(Clock.systemUTC()).run(AT_ONCE, store.surroundings());
        assertThat(Letters.of(report.collected())).isEqualTo("b");
    }
}
