package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.env.ConflictPolicy;
import dev.axiom.core.env.Environments;
import dev.axiom.core.env.RealizeRequest;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.AddRequest;
import dev.axiom.core.store.PackageAdder;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention on real profiles and environments. */
class GenerationSourcesTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final EnvName ENV = new EnvName("dev");
    private static final CollectOptions KEEP_ONE =
            new CollectOptions(Duration.ZERO, RetentionPolicy.newest(1), Optional.empty());

    private Path folder;
    private TestStore store;
    private StoreLocks locks;
    private Profiles profiles;
    private Environments environments;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        store = new TestStore(folder.resolve("pool"));
        locks = new StoreLocks(store.layout(), Duration.ZERO, "test");
        profiles = new Profiles(store.layout(), store.records(), locks);
        environments = new Environments(store.pool(), store.layout(), store.records(), locks);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Report run() {
        return run(KEEP_ONE);
    }

    private Report run(CollectOptions options) {
        Target target = new Target(
                store.pool(),
                store.layout(),
                List.of(new ProfileGenerations(profiles), new EnvGenerations(environments)));
        return new GarbageCollector(target, Timepiece.ofMachine(Clock.systemUTC())).run(options, store.surroundings());
    }

    private static List<String> pruned(Report report) {
        return report.others().pruned().stream()
                .map(one -> one.key().toString())
                .toList();
    }

    /** Adds a real package of one program. */
    private PackageId add(Lease lease, String name) throws IOException {
        Path source = folder.resolve(name);
        Files.createDirectories(source.resolve("bin"));
        Files.writeString(source.resolve("bin").resolve(name), name);
        AddRequest.Said said = new AddRequest.Said(
                Optional.of(new PackageName(name)),
                Optional.of("1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new PackageAdder("test")
                .add(lease, new AddRequest(source, UnpackOptions.DEFAULT, said))
                .id();
    }

    private static LockFile lock(PackageId id) {
        return new LockFile(DEV, List.of(new LockedPackage(id, true)));
    }

    @Test
    void oldGenerationsOfAProfileGoButNeverTheCurrentOne() {
        store.add("a b c");
        try (Lease lease = store.pool().lease("test")) {
            profiles.create(lease, DEV, "");
            store.root("profile dev 1", "a");
            store.root("profile dev 2", "b");
            store.root("profile dev 3", "c");
            profiles.rollback(lease, DEV, Optional.of(2));
        }
        Report report = run();
        assertThat(pruned(report)).containsExactly("profile dev generation 1");
        assertThat(profiles.history(DEV)).extracting(one -> one.number()).containsExactly(2, 3);
        assertThat(store.packages()).isEqualTo("b c");
    }

    /** Three generations of a profile; the second is current. */
    private void profileOfThree() {
        store.add("a b c");
        try (Lease lease = store.pool().lease("test")) {
            profiles.create(lease, DEV, "");
            store.root("profile dev 1", "a");
            store.root("profile dev 2", "b");
            store.root("profile dev 3", "c");
            profiles.rollback(lease, DEV, Optional.of(2));
        }
    }

    /** Taken for the newest, it would push the true one out of those that are kept. */
    @Test
    void aCopyOfALockFileUnderANumberThatWasNeverGivenStopsTheCollection() throws IOException {
        profileOfThree();
        Path folder = store.layout().profileFolder(DEV);
        Files.writeString(folder.resolve("last-generation"), "3\n");
        Path copy = folder.resolve("generations/4.lock.yaml");
        Files.copy(folder.resolve("generations/1.lock.yaml"), copy);
        assertThatThrownBy(this::run)
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining(copy.toString())
                .satisfies(e -> assertThat(((AxiomException) e).code()).isEqualTo(ErrorCode.CORRUPT));
        assertThat(store.packages()).isEqualTo("a b c");
        Files.delete(copy);
        assertThat(pruned(run())).containsExactly("profile dev generation 1");
    }

    @Test
    void withoutAPointerNobodyKnowsWhichGenerationMayGo() throws IOException {
        profileOfThree();
        Files.delete(store.layout().profilePointer(DEV));
        assertThat(pruned(run())).isEmpty();
        assertThat(store.packages()).isEqualTo("a b c");
    }

    @Test
    void aMistakeInWhatAProfileWantsStopsNoCollection() throws IOException {
        profileOfThree();
        Files.writeString(store.layout().profileSpec(DEV), "packages: {");
        assertThat(pruned(run())).containsExactly("profile dev generation 1");
    }

    @Test
    void aProfileThatIsBeingEditedIsLeftAloneAndSaysWhoEditsIt() {
        store.add("a b");
        try (Lease lease = store.pool().lease("test")) {
            profiles.create(lease, DEV, "");
            store.root("profile dev 1", "a");
            store.root("profile dev 2", "b");
            profiles.rollback(lease, DEV, Optional.of(2));
            try (FileLock editor = locks.exclusive(RecordKind.PROFILE, "dev")) {
                Report report = run();
                assertThat(report.others().kept()).singleElement().satisfies(kept -> assertThat(kept.reason())
                        .contains("profile 'dev' is locked by"));
                assertThat(store.packages()).isEqualTo("a b");
            }
        }
        run();
        assertThat(store.packages()).isEqualTo("b");
    }

    /** Who keeps a lock for the whole timeout may be stopped; each wait would be as long as the first. */
    @Test
    void aCollectionWaitsOnceForEachOwnerThatIsBusy() throws IOException {
        profileOfThree();
        try (Lease lease = store.pool().lease("test")) {
            for (int number = 1; number <= 3; number++) {
                realize(lease, number, add(lease, "tool" + number));
            }
        }
        List<Report> reports = new ArrayList<>();
        List<Path> waits;
        try (FileLock profile = locks.exclusive(RecordKind.PROFILE, "dev");
                FileLock env = locks.exclusive(RecordKind.ENV, "dev")) {
            CollectOptions none = new CollectOptions(Duration.ZERO, RetentionPolicy.newest(0), Optional.empty());
            waits = steps(FileSteps.Step.TRY_LOCK, () -> reports.add(run(none)));
        }
        assertThat(reports.get(0).others().kept()).hasSize(4).allSatisfy(kept -> assertThat(kept.reason())
                .contains("'dev' is locked by"));
        assertThat(waits)
                .containsOnlyOnce(
                        store.layout().lockFile(RecordKind.PROFILE, "dev"),
                        store.layout().lockFile(RecordKind.ENV, "dev"));
    }

    @Test
    void oldGenerationsOfAnEnvironmentGoUnlessSomebodyUsesThem() throws IOException {
        try (Lease lease = store.pool().lease("test")) {
            PackageId one = add(lease, "one");
            PackageId two = add(lease, "two");
            realize(lease, 1, one);
            realize(lease, 2, two);
        }
        try (Lease runner = store.pool().lease("axiom env run dev")) {
            runner.open(StoreLayout.envDataset(ENV, 1));
            Report report = run();
            assertThat(report.plan().pruning().kept())
                    .extracting(Plan.Kept::reason)
                    .anySatisfy(reason -> assertThat(reason).startsWith("in use by axiom env run dev (pid "));
            assertThat(store.packages()).isEqualTo("one two");
        }
        Report report = run();
        assertThat(pruned(report)).containsExactly("env dev generation 1");
        assertThat(report.bytesFreed()).isEqualTo(report.plan().predictedBytes());
        assertThat(store.packages()).isEqualTo("two");
        assertThat(environments.generations(ENV))
                .extracting(each -> each.number())
                .containsExactly(2);
        assertThat(environments.pointer(ENV).resolve("bin/two")).exists();
    }

    /** A recovery points to the newest, but passes over an environment that somebody works on. */
    @Test
    void theNewestGenerationStaysThoughThePointerIsLost() throws IOException {
        try (Lease lease = store.pool().lease("test")) {
            realize(lease, 1, add(lease, "one"));
            realize(lease, 2, add(lease, "two"));
        }
        Files.delete(environments.pointer(ENV));

        assertThat(new EnvGenerations(environments).generations())
                .filteredOn(Generation::current)
                .extracting(one -> one.key().generation())
                .containsExactly(2);
        try (Lease lease = store.pool().lease("test")) {
            assertThat(environments.prune(lease, ENV, 1)).isEmpty();
            assertThat(environments.prune(lease, ENV, 2)).contains("it is the current one");
        }
    }

    /** A collection may prune hundreds, and each takes the environment's lock meanwhile. */
    @Test
    void pruningAGenerationReadsNoRecordButItsOwn() throws IOException {
        try (Lease lease = store.pool().lease("test")) {
            for (int number = 1; number <= 4; number++) {
                realize(lease, number, add(lease, "tool" + number));
            }
            store.add("a");
            store.root("env other 1", "a");
            Path first = store.path(new RecordKey(RecordKind.ENV, "dev", 1));
            EnvGenerations source = new EnvGenerations(environments);
            Generation oldest = source.generations().stream()
                    .filter(one -> one.key().owner().equals("dev") && one.key().generation() == 1)
                    .findFirst()
                    .orElseThrow();
            assertThat(read(() -> assertThat(source.remove(lease, oldest)).isEmpty()))
                    .containsExactlyInAnyOrder(environments.pointer(ENV), first);
        }
    }

    /** What of the environments' records and pointers is read. */
    private List<Path> read(Runnable work) {
        Path folder = store.layout().envFolder(ENV).getParent();
        return steps(FileSteps.Step.READ, work).stream()
                .filter(path -> path.startsWith(folder))
                .toList();
    }

    /** What this kind of step is done to meanwhile. */
    private static List<Path> steps(FileSteps.Step kind, Runnable work) {
        List<Path> paths = Collections.synchronizedList(new ArrayList<>());
        FileSteps.listen((step, path, target) -> {
            if (step == kind) {
                paths.add(path);
            }
        });
        try {
            work.run();
        } finally {
            FileSteps.ignore();
        }
        return paths;
    }

    private void realize(Lease lease, int generation, PackageId id) {
        environments.realize(
                lease,
                ENV,
                new RealizeRequest(
                        () -> new Locked(generation, lock(id)), EnvStrategy.LINK, ConflictPolicy.ERROR, false));
    }
}
