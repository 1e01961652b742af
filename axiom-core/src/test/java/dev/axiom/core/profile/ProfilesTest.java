package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.format.LockFileCodec;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.resolve.UnsolvableException;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import dev.axiom.core.store.TestStore;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Profiles from making to rolling back, alone and in a crowd. */
@ExtendWith(Seeds.class)
class ProfilesTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final ResolveRequest NEWEST = ResolveRequest.anew(Preference.NEWEST);

    private TestStore store;
    private Profiles profiles;
    private ProfileResolver resolver;
    private Lease lease;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
        profiles = new Profiles(store.layout, store.records, store.locks());
        resolver = new ProfileResolver(profiles, store.packages, store.records);
        lease = store.pool.lease("test");
    }

    @AfterEach
    void close() {
        lease.close();
        store.close();
    }

    /** Neither the order in which packages came nor that of the profile's words shows in a byte of the lock file. */
    @Test
    void anyOrderGivesTheSameBytes(@TempDir Path folder) throws IOException {
        List<List<String>> packages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            packages.add(List.of("p" + i % 4, i + ".0", "p" + (i + 1) % 4 + "@>=" + i / 2 % 3));
        }
        List<Requirement> wanted =
                Stream.of("p2@<9", "p0 | p1", "p3").map(Requirement::parse).toList();
        String first = lockText(Files.createDirectory(folder.resolve("0")), packages, wanted);
        assertThat(first).contains("p2", "p3");
        Random random = Seeds.random();
        for (int i = 1; i < 3; i++) {
            List<List<String>> another = new ArrayList<>(packages);
            List<Requirement> words = new ArrayList<>(wanted);
            Collections.shuffle(another, random);
            Collections.shuffle(words, random);
            assertThat(lockText(Files.createDirectory(folder.resolve("" + i)), another, words))
                    .isEqualTo(first);
        }
    }

    private static String lockText(Path folder, List<List<String>> packages, List<Requirement> wanted)
            throws IOException {
        try (TestStore store = new TestStore(folder);
                Lease lease = store.pool.lease("test")) {
            for (List<String> each : packages) {
                store.add(lease, each.get(0), each.get(1), each.get(2));
            }
            Profiles profiles = new Profiles(store.layout, store.records, store.locks());
            profiles.create(lease, DEV, "");
            for (Requirement requirement : wanted) {
                profiles.add(lease, DEV, List.of(requirement));
            }
            Resolved resolved = new ProfileResolver(profiles, store.packages, store.records)
                    .resolve(lease, DEV, ResolveRequest.MINIMAL);
            return LockFileCodec.write(resolved.lock());
        }
    }

    @Test
    void resolvesTheNewestWithWhatItNeeds() throws IOException {
        store.add("web", "1.0", "ssl@^3.0");
        PackageId web = store.add("web", "1.1", "ssl@^3.0").id();
        PackageId ssl = store.add("ssl", "3.2").id();
        store.add("ssl", "4.0");
        wanting("web");

        Resolved resolved = resolver.resolve(lease, DEV, NEWEST);

        assertThat(resolved.generation()).isEqualTo(1);
        assertThat(resolved.changed()).isTrue();
        assertThat(resolved.lock().ids()).containsExactly(ssl, web);
        assertThat(profiles.current(DEV)).contains(new Locked(1, resolved.lock()));
        assertThat(store.pool.holds(List.of(StoreLayout.packageDataset(ssl))).values())
                .allSatisfy(tags -> assertThat(tags.toString()).contains("profile:dev:1"));
    }

    @Test
    void sameInputMakesNoNewGeneration() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        byte[] first = Files.readAllBytes(store.layout.profilePointer(DEV));

        Resolved again = resolver.resolve(lease, DEV, NEWEST);

        assertThat(again.changed()).isFalse();
        assertThat(again.generation()).isEqualTo(1);
        assertThat(Files.readAllBytes(store.layout.profilePointer(DEV))).isEqualTo(first);
    }

    /** Who cannot tell whether there is one must not make it anew: that removes what an old one has left. */
    @Test
    void aProfileThatCannotBeSeenIsNotMadeAnew() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        FileSteps.listen((step, path, target) -> {
            if (step == FileSteps.Step.READ && path.equals(store.layout.profileSpec(DEV))) {
                throw new IOException("Input/output error");
            }
        });
        try {
            assertThatThrownBy(() -> profiles.create(lease, DEV, ""))
                    .isInstanceOf(AxiomException.class)
                    .hasMessageContaining("Input/output error");
        } finally {
            FileSteps.ignore();
        }
        assertThat(profiles.history(DEV)).hasSize(1);
    }

    @Test
    void previewWritesNothing() throws IOException {
        store.add("web", "1.0");
        wanting("web");

        Resolved preview = resolver.preview(DEV, NEWEST);

        assertThat(preview.changed()).isTrue();
        assertThat(preview.generation()).isEqualTo(1);
        assertThat(profiles.history(DEV)).isEmpty();
        assertThat(profiles.current(DEV)).isEmpty();
    }

    /** Seen: a profile was begun as a copy of another's file, and its resolve switched the other one. */
    @Test
    void aCopiedProfileNeverWritesIntoTheOneItWasCopiedFrom() throws IOException {
        ProfileName staging = new ProfileName("staging");
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        profiles.create(lease, staging, "");
        Path copy = store.layout.profileSpec(staging);
        Files.writeString(copy, "# begun as a copy\n" + Files.readString(store.layout.profileSpec(DEV)));
        store.add("web", "2.0");

        assertThatThrownBy(() -> resolver.resolve(lease, staging, NEWEST))
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage(copy + ":2:7: field 'name': the document lies in the place of 'staging', so this must be "
                        + "'staging', not 'dev'");
        assertThatThrownBy(() -> profiles.add(lease, staging, List.of(Requirement.parse("db"))))
                .hasMessageContaining("not 'dev'");
        assertThat(profiles.history(DEV)).hasSize(1);
        assertThat(profiles.history(staging)).isEmpty();
    }

    @Test
    void aLockFileOfAnotherProfileIsNotTakenForItsOwn() throws IOException {
        ProfileName staging = new ProfileName("staging");
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        profiles.create(lease, staging, "");
        profiles.add(lease, staging, List.of(Requirement.parse("web")));
        resolver.resolve(lease, staging, NEWEST);
        Path lock = store.layout.profileFolder(staging).resolve("generations/1.lock.yaml");
        Files.copy(store.layout.profilePointer(DEV), lock, StandardCopyOption.REPLACE_EXISTING);

        assertCorrupt(() -> profiles.current(staging), lock);
        assertCorrupt(() -> profiles.history(staging), lock);
        assertCorrupt(() -> profiles.generation(staging, 1), lock);
    }

    private static void assertCorrupt(ThrowingCallable call, Path named) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining(named.toString());
    }

    @Test
    void failureChangesNothingAndExplains() throws IOException {
        store.add("web", "1.0", "ssl@^3.0");
        wanting("web");

        assertThatThrownBy(() -> resolver.resolve(lease, DEV, NEWEST))
                .isInstanceOf(UnsolvableException.class)
                .hasMessageContaining("ssl");
        assertThat(profiles.history(DEV)).isEmpty();
    }

    @Test
    void rollbackSwitchesAndNumbersAreNotReused() throws IOException {
        wanting("web");
        store.add("web", "1.0");
        resolver.resolve(lease, DEV, NEWEST);
        store.add("web", "2.0");
        resolver.resolve(lease, DEV, NEWEST);

        assertThat(profiles.rollback(lease, DEV, Optional.empty())).isEqualTo(1);
        assertThat(profiles.history(DEV)).extracting(Generation::current).containsExactly(true, false);
        assertThat(profiles.prune(lease, DEV, 1)).as("current").isFalse();
        assertThat(profiles.prune(lease, DEV, 2)).isTrue();
        store.add("web", "3.0");
        assertThat(resolver.resolve(lease, DEV, NEWEST).generation()).isEqualTo(3);
        assertThatThrownBy(() -> profiles.rollback(lease, DEV, Optional.of(2)))
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void deletionReleasesEverythingAndTheNameIsFreeAgain() throws IOException {
        PackageId web = store.add("web", "1.0").id();
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);

        profiles.delete(lease, DEV);

        assertThat(profiles.list()).isEmpty();
        assertThat(store.records.roots()).isEmpty();
        lease.close();
        lease = store.pool.lease("later");
        assertThat(store.remove(lease, web)).isPositive();
        profiles.create(lease, DEV, "anew");
        assertThat(profiles.spec(DEV).packages()).isEmpty();
    }

    /** Its killer came after the start of this command, so that no recovery has been there. */
    @Test
    void whatAKilledProcessWasWritingDoesNotStopADeletion() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        Path draft;
        try (Lease killed = store.pool.lease("killed")) {
            draft = StoreLayout.draft(store.layout.profileSpec(DEV), killed);
        }
        Files.writeString(draft, "half a pro");
        Files.writeString(draft.resolveSibling("generations").resolve(draft.getFileName()), "half");

        profiles.delete(lease, DEV);

        assertThat(store.layout.profileFolder(DEV)).doesNotExist();
    }

    @Test
    void whatSomebodyElsePutBesideAProfileStopsNoDeletion() throws IOException {
        profiles.create(lease, DEV, "");
        Path notes = Files.writeString(store.layout.profileFolder(DEV).resolve("notes"), "remember");

        profiles.delete(lease, DEV);

        assertThat(notes).exists();
        assertThat(profiles.list()).isEmpty();
        assertThat(profiles.lost()).isEmpty();
        profiles.create(lease, DEV, "");
    }

    @Test
    void deletionThatWasCutShortIsFinishedByTheNextCreation() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        Files.move(store.layout.profileSpec(DEV), store.layout.profileTombstone(DEV));
        assertThat(profiles.list()).isEmpty();
        assertThat(store.records.roots()).as("still a root until then").hasSize(1);

        profiles.create(lease, DEV, "");

        assertThat(profiles.history(DEV)).isEmpty();
        assertThat(profiles.current(DEV)).isEmpty();
        assertThat(store.records.roots()).isEmpty();
    }

    /** Seen: the hint of "profile show" was to create it, which dropped every generation and hold. */
    @Test
    void aProfileThatLostItsFileKeepsItsGenerationsUntilItIsDeleted() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        Path file = store.layout.profileSpec(DEV);
        String text = Files.readString(file);
        Files.delete(file);

        assertThat(profiles.lost()).containsExactly(DEV);
        assertCorrupt(() -> profiles.create(lease, DEV, ""), file);
        assertCorrupt(() -> profiles.spec(DEV), file);
        assertThatThrownBy(() -> profiles.history(DEV))
                .isInstanceOfSatisfying(AxiomException.class, e -> assertThat(e.hint())
                        .isEqualTo("put the file back, or give the profile up: axiom profile delete dev"));
        assertThat(store.records.roots()).hasSize(1);
        Files.writeString(file, text);
        assertThat(profiles.history(DEV)).hasSize(1);
        assertThat(profiles.lost()).isEmpty();

        Files.delete(file);
        profiles.delete(lease, DEV);
        assertThat(store.records.roots()).isEmpty();
        assertThat(store.layout.profileFolder(DEV)).doesNotExist();
        profiles.create(lease, DEV, "");
        assertThat(profiles.lost()).isEmpty();
    }

    @Test
    void aDeletionIsRefusedWholeIfALockFileIsDamaged() throws IOException {
        store.add("web", "1.0");
        wanting("web");
        resolver.resolve(lease, DEV, NEWEST);
        Path lockFile = store.layout.profileFolder(DEV).resolve("generations/1.lock.yaml");
        String text = Files.readString(lockFile);
        Files.writeString(lockFile, text.substring(0, text.length() / 2));

        assertCorrupt(() -> profiles.delete(lease, DEV), lockFile);
        assertThat(profiles.list()).containsExactly(DEV);

        List<AxiomException> troubles = new ArrayList<>();
        Files.move(store.layout.profileSpec(DEV), store.layout.profileTombstone(DEV)); // as older versions left it
        profiles.recover(lease, troubles::add);
        assertThat(troubles).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("1.lock.yaml"));
        Files.writeString(lockFile, text);
        profiles.recover(lease);
        assertThat(store.layout.profileFolder(DEV)).doesNotExist();
    }

    @Test
    void whoEditsIsToldWhetherCommentsWent() throws IOException {
        wanting("web");
        Path file = store.layout.profileSpec(DEV);
        Files.writeString(file, Files.readString(file) + "# for the demo\n");
        assertThat(profiles.add(lease, DEV, List.of(Requirement.parse("web"))).lostComments())
                .as("what changes nothing writes nothing")
                .isFalse();
        assertThat(profiles.add(lease, DEV, List.of(Requirement.parse("db"))).lostComments())
                .isTrue();
        assertThat(profiles.remove(lease, DEV, List.of(new PackageName("db"))).lostComments())
                .as("there are none any more")
                .isFalse();
    }

    @Test
    void tenWhoEditAtOnceLoseNothing() throws Exception {
        profiles.create(lease, DEV, "");
        inParallel(10, i -> profiles.add(lease, DEV, List.of(Requirement.parse("tool" + i + "@^" + i))));

        assertThat(profiles.spec(DEV).packages()).hasSize(10);
    }

    @Test
    void tenWhoResolveAtOnceAllEndWithOneWholeGeneration() throws Exception {
        store.add("web", "1.0");
        wanting("web");

        List<Resolved> results = inParallel(10, i -> resolver.resolve(lease, DEV, NEWEST));

        assertThat(results).extracting(Resolved::generation).containsOnly(1);
        assertThat(results).filteredOn(Resolved::changed).hasSize(1);
        assertThat(profiles.history(DEV)).hasSize(1);
    }

    @Test
    void lockTimeoutNamesTheHolder() {
        profiles.create(lease, DEV, "");
        StoreLocks impatient = new StoreLocks(store.layout, Duration.ofMillis(50), "axiom profile add");
        Profiles others = new Profiles(store.layout, store.records, impatient);
        try (FileLock held = store.locks().exclusive(RecordKind.PROFILE, "dev")) {
            assertThatThrownBy(() -> others.add(lease, DEV, List.of(Requirement.parse("web"))))
                    .isInstanceOf(LockBusyException.class)
                    .hasMessageContaining("profile 'dev'")
                    .hasMessageContaining("a test");
        }
    }

    @Test
    void removingWhatIsNotWantedChangesNothing() {
        wanting("web");
        assertThatThrownBy(() -> profiles.remove(lease, DEV, List.of(new PackageName("web"), new PackageName("db"))))
                .hasMessageContaining("db");
        assertThat(profiles.spec(DEV).packages()).hasSize(1);
    }

    private void wanting(String requirement) {
        profiles.create(lease, DEV, "");
        profiles.add(lease, DEV, List.of(Requirement.parse(requirement)));
    }

    private interface Work<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int count, Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<T>> tasks = IntStream.range(0, count)
                    .mapToObj(i -> (Callable<T>) () -> {
                        start.await();
                        return work.run(i);
                    })
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
