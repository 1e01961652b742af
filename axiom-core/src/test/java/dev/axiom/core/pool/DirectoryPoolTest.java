package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Destruction.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is peculiar to a pool in a folder: damaged and foreign files, lost leases, its own layout. */
class DirectoryPoolTest {
    private static final DatasetName STORE = new DatasetName("store");
    private static final DatasetName BASH = new DatasetName("store/bash");
    private static final DatasetName ZSH = new DatasetName("store/zsh");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path place;

    @SuppressWarnings("NullAway.Init")
    private DirectoryPool pool;

    @BeforeEach
    void setUp() throws Exception {
        place = folder.resolve("pool");
        pool = DirectoryPool.create(place);
        try (Lease lease = pool.lease("set up")) {
            PoolChild.publish(lease, BASH);
            PoolChild.publish(lease, ZSH);
        }
    }

    @AfterEach
    void tearDown() {
        pool.close();
    }

    private static void assertFails(ErrorCode code, String part, ThrowingCallable call) {
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(call)
                .withMessageContaining(part)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private Destruction destroy(DatasetName name) {
        try (Lease collector = pool.lease("collector")) {
            return pool.destroyUnheld(collector, List.of(new Condemned(name, Optional.empty())))
                    .get(0);
        }
    }

    @Test
    void aFolderThatHoldsSomethingElseIsRefused() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "mine");
        assertFails(ErrorCode.UNAVAILABLE, "thesis.txt", () -> DirectoryPool.create(other));
        assertThat(other).isDirectoryContaining("glob:**thesis.txt");
        assertThat(other.toFile().list()).hasSize(1);
    }

    @Test
    void aFileIsNoPool() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertFails(ErrorCode.UNAVAILABLE, file.toString(), () -> DirectoryPool.create(file));
        assertFails(ErrorCode.UNAVAILABLE, file.toString(), () -> DirectoryPool.open(file));
    }

    @Test
    void anEmptyFolderAndAnInterruptedSetupAreTaken() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        DirectoryPool.create(empty).close();
        Files.delete(empty.resolve(".pool/format"));
        assertFails(ErrorCode.UNAVAILABLE, "no pool", () -> DirectoryPool.open(empty));
        DirectoryPool.create(empty).close();
        DirectoryPool.open(empty).close();
    }

    @Test
    void noPoolAndANewerPoolAreToldApart() throws Exception {
        assertFails(ErrorCode.UNAVAILABLE, "there is no pool", () -> DirectoryPool.open(folder.resolve("none")));
        Files.writeString(place.resolve(".pool/format"), "axiom-pool 2\n");
        assertFails(ErrorCode.UNAVAILABLE, "axiom-pool 2", () -> DirectoryPool.open(place));
        assertFails(ErrorCode.UNAVAILABLE, "axiom-pool 2", () -> DirectoryPool.create(place));
    }

    /** A lease protects by name: under another name the collector would find the same package unprotected. */
    @Test
    void noDatasetHasASecondNameThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(place.resolve("env/mine"), place.resolve("store"));
        DatasetName alias = new DatasetName("env/mine/bash");
        try (Lease user = pool.lease("user")) {
            user.protect(List.of(BASH));
            assertFails(ErrorCode.CORRUPT, link + " is a link", () -> pool.list(new DatasetName("env/mine")));
            Destruction outcome = destroy(alias);
            assertThat(outcome.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(outcome.reason()).contains(link + " is a link");
            assertThat(pool.find(BASH)).isPresent();
        }
    }

    @Test
    void aDamagedSealIsNamedAndNothingGoes() throws Exception {
        Path seal = place.resolve("store/bash/.pool/sealed");
        byte[] good = Files.readAllBytes(seal);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 4;
        for (byte[] bad : List.of(new byte[0], Arrays.copyOf(good, good.length - 3), flipped)) {
            Files.write(seal, bad);
            assertFails(ErrorCode.CORRUPT, seal.toString(), () -> pool.find(BASH));
            assertFails(ErrorCode.CORRUPT, seal.toString(), () -> pool.list(STORE));
            Destruction result = destroy(BASH);
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reason()).contains(seal.toString());
            assertThat(place.resolve("store/bash/content")).exists();
        }
        Files.write(seal, good);
        assertThat(pool.list(STORE)).hasSize(2);
        assertThat(destroy(ZSH).outcome()).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void aDatasetWithoutASealIsDamaged() throws Exception {
        Files.delete(place.resolve("store/bash/.pool/sealed"));
        assertFails(ErrorCode.CORRUPT, place.resolve("store/bash").toString(), () -> pool.list(STORE));
        assertThat(destroy(BASH).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void foreignFilesInTheStoreAreNamed() throws Exception {
        for (String stray : List.of("README", ".DS_Store", "name with space")) {
            Path file = Files.writeString(place.resolve("store").resolve(stray), "x");
            assertFails(ErrorCode.CORRUPT, stray, () -> pool.list(STORE));
            Files.delete(file);
        }
        Files.createDirectory(place.resolve("store/folder"));
        assertFails(ErrorCode.CORRUPT, "store/folder", () -> pool.list(STORE));
        assertThat(destroy(new DatasetName("store/folder")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(place.resolve("store/folder")).exists();
    }

    @Test
    void recoveryRemovesNothingThatAxiomHasNotNamed() throws Exception {
        List<Path> foreign = List.of(
                place.resolve("staging/notes"),
                place.resolve("staging/.hidden"),
                place.resolve("staging/my-folder-1"),
                place.resolve("trash/keep me"),
                place.resolve("state/leases/README"));
        for (Path path : foreign) {
            Files.createDirectories(path);
        }
        pool.recover();
        assertThat(foreign).allSatisfy(path -> assertThat(path).exists());
        assertThat(pool.leases()).isEmpty();
    }

    @Test
    void oneLeftoverThatStaysDoesNotKeepTheOthers() throws Exception {
        Lease doomed = pool.lease("doomed");
        List<Path> left = List.of(doomed.stage().path(), doomed.stage().path());
        ((DirectoryLease) doomed).abandon();
        Path inTheWay = place.resolve("trash").resolve(left.get(0).getFileName());
        Files.createDirectories(inTheWay);
        Files.writeString(inTheWay.resolve("file"), "a name that is taken");
        try {
            pool.recover();
        } catch (AxiomException first) {
            assertThat(first.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
        assertThat(left.get(1)).doesNotExist();
        pool.recover();
        assertThat(place.resolve("staging")).isEmptyDirectory();
        assertThat(place.resolve("trash")).isEmptyDirectory();
    }

    @Test
    void aLeaseFileWithGarbageIsRemoved() throws Exception {
        Path file = place.resolve("state/leases/01234567-89ab-cdef-0123-456789abcdef");
        Files.write(file, new byte[] {'+', (byte) 0xff, '\n', '+', '\n', '+', '.', '.', '/', 'x', '\n', 0, 0});
        pool.recover();
        assertThat(file).doesNotExist();
    }

    @Test
    void holdsThatCannotBeReadAreNotTakenForNone() throws Exception {
        Path holds = place.resolve("store/bash/.pool/holds");
        Files.writeString(holds, "not a folder");
        Destruction result = destroy(BASH);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(place.resolve("store/bash/content")).exists();
        assertFails(ErrorCode.UNAVAILABLE, "holds", () -> pool.holds(List.of(BASH)));
        assertFails(ErrorCode.UNAVAILABLE, "", () -> pool.markDead(List.of(BASH), Instant.EPOCH));
    }

    @Test
    void aForeignHoldProtectsAndIsNamed() throws Exception {
        Files.createFile(
                Files.createDirectory(place.resolve("store/bash/.pool/holds")).resolve("not a tag"));
        Destruction result = destroy(BASH);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reason()).contains("not a tag", "store/bash");
    }

    @Test
    void aMarkThatIsNoTimeIsDamage() throws Exception {
        Files.createFile(place.resolve("store/bash/.pool/dead-since.yesterday"));
        assertFails(ErrorCode.CORRUPT, "store/bash", () -> pool.list(STORE));
    }

    @Test
    void ofTwoMarksTheLaterCountsAndBothAreCleared() throws Exception {
        Instant late = Instant.parse("2026-03-01T00:00:00Z");
        Files.createFile(place.resolve("store/bash/.pool/dead-since.2026-01-01T00:00:00Z"));
        Files.createFile(place.resolve("store/bash/.pool/dead-since." + late));
        assertThat(pool.find(BASH).orElseThrow().deadSince()).contains(late);
        pool.clearDead(List.of(BASH));
        assertThat(pool.find(BASH).orElseThrow().deadSince()).isEmpty();
    }

    @Test
    void aLostLeaseIsNoticedAndPublishesNothing() throws Exception {
        try (Lease lease = pool.lease("to be lost")) {
            Staging staging = lease.stage();
            Files.writeString(staging.path().resolve("content"), "x");
            staging.seal(Map.of(), 1);
            lease.protect(List.of(ZSH));
            Files.delete(place.resolve("state/leases").resolve(lease.id()));
            assertFails(ErrorCode.UNAVAILABLE, lease.id(), () -> lease.open(ZSH));
            assertThat(lease.isAlive()).isFalse();
            assertFails(ErrorCode.UNAVAILABLE, lease.id(), () -> staging.publish(new DatasetName("store/late")));
            assertFails(ErrorCode.UNAVAILABLE, lease.id(), () -> lease.protect(List.of(BASH)));
            pool.recover();
            assertThat(staging.path()).doesNotExist();
        }
        assertThat(pool.list(STORE)).hasSize(2);
    }

    @Test
    void theSizeIsWhatWasSealedAndWhatIsFreed() throws Exception {
        try (Lease lease = pool.lease("sizes");
                Staging staging = lease.stage()) {
            staging.seal(Map.of(), 123_456_789_012L);
            staging.publish(new DatasetName("store/big"));
        }
        assertThat(pool.find(new DatasetName("store/big")).map(Dataset::bytes)).contains(123_456_789_012L);
        assertThat(destroy(new DatasetName("store/big")).bytesFreed()).isEqualTo(123_456_789_012L);
    }

    @Test
    void aBatchThatIsTooLongIsRefusedWhole() {
        List<Condemned> batch = Collections.nCopies(Pool.BATCH + 1, new Condemned(BASH, Optional.empty()));
        try (Lease lease = pool.lease("collector")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> pool.destroyUnheld(lease, batch));
        }
        assertThat(pool.find(BASH)).isPresent();
    }

    @Test
    void aPoolIsFoundThroughALinkAndByARelativePath() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), place);
        try (Pool linked = DirectoryPool.open(link)) {
            assertThat(linked.list(STORE)).hasSize(2);
        }
        Path here = Path.of("").toAbsolutePath().relativize(place);
        try (Pool relative = DirectoryPool.open(here)) {
            assertThat(relative.location()).isEqualTo("dir:" + place);
        }
    }
}
