package dev.axiom.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.format.EnvRecordCodec;
import dev.axiom.core.format.PinCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root protocol: preparing, held, ready; removing, released, gone. */
class RecordsTest {
    private static final RecordKey KEY = new RecordKey(RecordKind.PIN, "base", 0);

    private TestStore store;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readyRecordHoldsItsPackages() throws IOException {
        PackageId id = create("tool");

        assertThat(store.records.roots()).singleElement().satisfies(root -> {
            assertThat(root.state()).isEqualTo(RecordFile.State.READY);
            assertThat(root.packages()).containsExactly(id);
        });
        assertThat(holds(id)).containsExactly(KEY.tag());
    }

    @Test
    void missingPackageUndoesTheRecordAndEveryHold() throws IOException {
        PackageId here = store.add("tool", "1.0").id();
        PackageId gone = new PackageId(here.name(), here.version(), 7, new BuildId("0123456789abcdef"));
        try (Lease lease = store.pool.lease("test")) {
            NewRecord document = NewRecord.of(new Pin("base", "", List.of(here, gone)));

            assertThatThrownBy(() -> store.records.create(lease, KEY, document))
                    .isInstanceOf(DatasetMissingException.class)
                    .hasMessageContaining(StoreLayout.packageDataset(gone).value());
        }
        assertThat(store.records.roots()).isEmpty();
        assertThat(holds(here)).isEmpty();
        assertThat(pins()).isEmpty();
    }

    @Test
    void secondRecordOfOneKeyIsRefusedAndTheFirstStays() throws IOException {
        PackageId id = create("tool");

        assertThatThrownBy(() -> create("other")).isInstanceOfSatisfying(AxiomException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.CONFLICT));
        assertThat(store.records.roots()).singleElement().satisfies(root -> assertThat(root.packages())
                .containsExactly(id));
    }

    /** Whoever copies a record's file makes no record of it. */
    @Test
    void aRecordInThePlaceOfAnotherIsTakenForNeither() throws IOException {
        PackageId id = create("tool");
        Path pin = store.pool.state().resolve("pins/base.pin.yaml");
        Files.copy(pin, pin.resolveSibling("other.pin.yaml"));
        assertMisplaced(() -> new Pins(store.records, store.locks()).list(), "pins/other.pin.yaml", "pin base");

        EnvRecord env = new EnvRecord(new EnvName("desk"), 3, new ProfileName("dev"), 1, EnvStrategy.LINK, List.of(id));
        for (String place : List.of("envs/desk/generations/2.env.yaml", "envs/play/generations/3.env.yaml")) {
            Path file = store.pool.state().resolve(place);
            Files.createDirectories(file.getParent());
            Files.writeString(file, EnvRecordCodec.write(env));
            RecordKey key = place.contains("desk")
                    ? new RecordKey(RecordKind.ENV, "desk", 2)
                    : new RecordKey(RecordKind.ENV, "play", 3);
            assertMisplaced(() -> store.records.env(key), place, "env desk generation 3");
        }
    }

    private void assertMisplaced(ThrowingCallable call, String place, String owner) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContainingAll(store.pool.state().resolve(place).toString(), "belongs to " + owner);
    }

    @Test
    void removalReleasesAndDeletes() throws IOException {
        PackageId id = create("tool");
        try (Lease lease = store.pool.lease("test")) {
            assertThat(store.records.remove(lease, KEY, Records.Between.NOTHING))
                    .isTrue();
            assertThat(store.records.remove(lease, KEY, Records.Between.NOTHING))
                    .isFalse();
        }
        assertThat(holds(id)).isEmpty();
        assertThat(pins()).isEmpty();
    }

    @Test
    void removalThatIsCalledOffLeavesTheRecordReady() throws IOException {
        PackageId id = create("tool");
        try (Lease lease = store.pool.lease("test")) {
            assertThat(store.records.remove(lease, KEY, () -> false)).isFalse();
        }
        assertThat(store.records.roots()).extracting(Root::state).containsExactly(RecordFile.State.READY);
        assertThat(holds(id)).containsExactly(KEY.tag());
    }

    @Test
    void everyStateIsARoot() throws IOException {
        PackageId id = create("tool");
        for (String state : List.of("preparing", "removing")) {
            Path ready = store.pool.state().resolve("pins/base.pin.yaml");
            Path other = ready.resolveSibling("base.pin.yaml." + state + "." + UUID.randomUUID());
            Files.move(ready, other);

            assertThat(store.records.roots()).singleElement().satisfies(root -> assertThat(root.packages())
                    .containsExactly(id));
            Files.move(other, ready);
        }
    }

    @Test
    void recoveryFinishesWhatTheDeadLeftAndSparesTheLiving() throws IOException {
        PackageId id = create("tool");
        Path ready = store.pool.state().resolve("pins/base.pin.yaml");
        try (Lease living = store.pool.lease("at work")) {
            Path mine = ready.resolveSibling("base.pin.yaml.removing." + living.id());
            Path draft = StoreLayout.draft(ready, living.id(), "1");
            Files.move(ready, mine);
            Files.writeString(draft, "half");
            store.records.recover();
            assertThat(mine).exists();
            assertThat(draft).exists();
            assertThat(holds(id)).containsExactly(KEY.tag());
        }
        store.records.recover();

        assertThat(pins()).isEmpty();
        assertThat(holds(id)).isEmpty();
    }

    /** A process may take its lease, and begin a record, while another recovers. */
    @Test
    void recoverySparesWhoeverBeganWhileItLooked() throws IOException {
        PackageId id = create("tool");
        Path ready = store.pool.state().resolve("pins/base.pin.yaml");
        Path dead = ready.resolveSibling("dead.pin.yaml.preparing." + UUID.randomUUID());
        Files.writeString(dead, PinCodec.write(new Pin("dead", "", List.of(id))));
        List<Lease> late = new ArrayList<>();
        Pool pool = beforeAnswering("leases", () -> {
            Lease lease = store.pool.lease("a latecomer");
            late.add(lease);
            Files.writeString(StoreLayout.draft(ready, lease.id(), "1"), "half");
            Files.move(ready, ready.resolveSibling("base.pin.yaml.preparing." + lease.id()));
            return lease;
        });

        new Records(pool, store.layout).recover();

        assertThat(dead).doesNotExist();
        assertThat(ready.resolveSibling("base.pin.yaml.preparing." + late.get(0).id()))
                .exists();
        assertThat(StoreLayout.draft(ready, late.get(0).id(), "1")).exists();
        assertThat(holds(id)).contains(KEY.tag());
        late.forEach(Lease::close);
    }

    /** The pool, with something happening after it has computed an answer and before it gives it. */
    private Pool beforeAnswering(String method, Callable<?> event) {
        return (Pool) Proxy.newProxyInstance(
                Pool.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, called, arguments) -> {
                    try {
                        Object answer = called.invoke(store.pool, arguments);
                        if (called.getName().equals(method)) {
                            event.call();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void repairGivesAReadyRecordItsHoldsBack() throws IOException {
        PackageId id = create("tool");
        store.pool.release(KEY.tag(), List.of(StoreLayout.packageDataset(id)));

        store.records.repair(store.records.roots());

        assertThat(holds(id)).containsExactly(KEY.tag());
    }

    /** As after a restore from a backup. */
    @Test
    void aRemovalRefusesWhatARecordListsThoughItsHoldsAreLost() throws IOException {
        PackageId id = create("tool");
        store.pool.release(KEY.tag(), List.of(StoreLayout.packageDataset(id)));

        try (Lease lease = store.pool.lease("remover")) {
            assertThatThrownBy(() -> store.remove(lease, id))
                    .isInstanceOfSatisfying(
                            AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining("in use by");
        }
        assertThat(store.packages.find(id)).isPresent();
    }

    @Test
    void aRecordThatIsLostTakesNoPackageWithIt() throws IOException {
        PackageId id = create("tool");
        Files.delete(store.pool.state().resolve("pins/base.pin.yaml"));
        store.pool.recover();
        store.records.recover();

        assertThat(holds(id)).containsExactly(KEY.tag());
        try (Lease lease = store.pool.lease("remover")) {
            assertThatThrownBy(() -> store.remove(lease, id)).hasMessageContaining("in use by pin base");
        }
    }

    /** A collection that marks the package in between has not used it. */
    @Test
    void aRemovalGoesOnWhenAMarkComesInBetween() throws IOException {
        PackageId id = store.add("tool", "1.0").id();
        DatasetName name = StoreLayout.packageDataset(id);
        Pool pool = beforeAnswering("find", () -> {
            store.pool.markDead(List.of(name), Instant.parse("2026-01-01T00:00:00Z"));
            return name;
        });

        try (Lease lease = store.pool.lease("remover")) {
            assertThat(new PackageRemoval(pool, store.records).remove(lease, id))
                    .isPositive();
        }
    }

    /** The caller has the owner's lock, so whoever began with such a record is dead. */
    @Test
    void aRecordThatTheDeadLeftHalfWayIsNoConflict() throws IOException {
        PackageId old = create("tool");
        Path ready = store.pool.state().resolve("pins/base.pin.yaml");
        for (String state : List.of("preparing", "removing")) {
            Files.move(ready, ready.resolveSibling("base.pin.yaml." + state + "." + UUID.randomUUID()));
            PackageId now = create("other" + state);

            assertThat(holds(old)).isEmpty();
            assertThat(holds(now)).containsExactly(KEY.tag());
            assertThat(pins()).hasSize(1);
            old = now;
        }
    }

    /** Else the hold would outlive its record, and the package would never go. */
    @Test
    void repairGivesNoHoldToARecordThatWentMeanwhile() throws IOException {
        PackageId id = create("tool");
        List<Root> roots = store.records.roots();
        try (Lease lease = store.pool.lease("at work")) {
            store.records.remove(lease, KEY, Records.Between.NOTHING);
        }

        store.records.repair(roots);

        assertThat(holds(id)).isEmpty();
    }

    @Test
    void repairNamesAPackageThatIsLost() throws IOException {
        PackageId id = create("tool");
        DatasetName dataset = StoreLayout.packageDataset(id);
        Path folder = store.pool.state().resolveSibling(dataset.value());
        Files.move(folder, store.pool.state().resolve("../../elsewhere"));

        List<Root> roots = store.records.roots();
        assertThatThrownBy(() -> store.records.repair(roots)).isInstanceOfSatisfying(AxiomException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
            assertThat(e).hasMessageContaining("base.pin.yaml").hasMessageContaining(dataset.value());
        });
    }

    @Test
    void damageStopsTheReaderAndIsNamed() throws IOException {
        create("tool");
        Path ready = store.pool.state().resolve("pins/base.pin.yaml");
        byte[] good = Files.readAllBytes(ready);
        Map<String, byte[]> damages = Map.of(
                "cut", Arrays.copyOf(good, good.length / 2),
                "empty", new byte[0],
                "flipped", flipped(good),
                "garbage", "\u0000\u0001".getBytes(StandardCharsets.UTF_8));
        for (byte[] damage : damages.values()) {
            Files.write(ready, damage);
            assertCorrupt("base.pin.yaml");
        }
    }

    @Test
    void whatIsNoRecordStopsTheReader() throws IOException {
        create("tool");
        Path pins = store.pool.state().resolve("pins");
        Path stray = Files.writeString(pins.resolve("base.pin.yaml~"), "backup");
        assertCorrupt("base.pin.yaml~");
        Files.delete(stray);
        Path folder = Files.createDirectory(pins.resolve("x.pin.yaml"));
        assertCorrupt("x.pin.yaml");
        Files.delete(folder);
        Path link = Files.createSymbolicLink(pins.resolve("y.pin.yaml"), Path.of("base.pin.yaml"));
        assertCorrupt("y.pin.yaml");
        Files.delete(link);
        Path misplaced = Files.copy(pins.resolve("base.pin.yaml"), pins.resolve("other.pin.yaml"));
        assertCorrupt("other.pin.yaml");
        Files.delete(misplaced);
        assertThat(store.records.roots()).hasSize(1);
    }

    private void assertCorrupt(String named) {
        assertThatThrownBy(() -> store.records.roots())
                .isInstanceOfSatisfying(
                        AxiomException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining(named);
    }

    private static byte[] flipped(byte[] good) {
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        return bad;
    }

    @Test
    void holdsGoOnlyWhenTheRemovalIsDurable() throws IOException {
        PackageId id = create("tool");
        Path ready = store.records.roots().get(0).path();
        Path removing = ready.resolveSibling(RecordFile.fileName(
                KEY, RecordFile.State.REMOVING, UUID.randomUUID().toString()));
        Files.move(ready, removing); // and killed before it was synced
        List<Set<HoldTag>> atSync = new ArrayList<>();
        FileSteps.listen((step, path, target) -> {
            if (step == FileSteps.Step.SYNC && path.equals(removing.resolveSibling(""))) {
                atSync.add(holds(id));
            }
        });
        try {
            store.records.recover();
        } finally {
            FileSteps.ignore();
        }
        assertThat(atSync.get(0)).containsExactly(KEY.tag());
        assertThat(holds(id)).isEmpty();
    }

    private PackageId create(String name) throws IOException {
        try (Lease lease = store.pool.lease("test")) {
            PackageId id = store.add(lease, name, "1.0").id();
            store.records.create(lease, KEY, NewRecord.of(new Pin("base", "", List.of(id))));
            return id;
        }
    }

    private Set<HoldTag> holds(PackageId id) {
        DatasetName name = StoreLayout.packageDataset(id);
        return store.pool.holds(List.of(name)).getOrDefault(name, Set.of());
    }

    private List<Path> pins() throws IOException {
        try (var files = Files.list(store.pool.state().resolve("pins"))) {
            return files.toList();
        }
    }
}
