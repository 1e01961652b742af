package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.CrashedError;
import dev.axiom.core.pool.Faults;
import dev.axiom.core.pool.FaultyPool;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process dies while it deletes a profile: the next start leaves nothing of it, and frees its packages. */
class DeletionCrashTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final ResolveRequest NEWEST = ResolveRequest.anew(Preference.NEWEST);

    private TestStore store;
    private PackageId web;

    /** A profile with two generations; both have the package {@code web}. */
    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
        web = store.add("web", "1.0").id();
        store.add("db", "1.0");
        try (Lease lease = store.pool.lease("test")) {
            make(lease);
        }
    }

    private void make(Lease lease) {
        Profiles profiles = profiles(store.records);
        ProfileResolver resolver = new ProfileResolver(profiles, store.packages, store.records);
        profiles.create(lease, DEV, "");
        for (String name : List.of("web", "db")) {
            profiles.add(lease, DEV, List.of(Requirement.parse(name)));
            resolver.resolve(lease, DEV, NEWEST);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Profiles profiles(Records records) {
        return new Profiles(store.layout, records, store.locks());
    }

    /** What every writing command does first. */
    private void recover() {
        store.pool.recover();
        store.records.recover();
        try (Lease lease = store.pool.lease("recovery")) {
            profiles(store.records).recover(lease);
        }
    }

    private void assertNothingIsLeft() {
        assertThat(store.records.roots()).isEmpty();
        assertThat(store.layout.profileFolder(DEV)).doesNotExist();
        assertThat(store.pool.holds(List.of(StoreLayout.packageDataset(web))).values())
                .allSatisfy(tags -> assertThat(tags).isEmpty());
        try (Lease lease = store.pool.lease("test")) {
            assertThat(store.remove(lease, web)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
    void aDeletionThatDiesAtAnyCallIsFinished(Faults.Mode mode) {
        for (int call = 1; ; call++) {
            FaultyPool faulty = FaultyPool.over(store.pool, call, mode);
            try {
                Lease lease = faulty.lease("doomed");
                profiles(new Records(faulty, store.layout)).delete(lease, DEV);
                lease.close();
            } catch (CrashedError dead) {
                assertThat(faulty.faults().injected()).isTrue();
            }
            recover();
            if (profiles(store.records).list().isEmpty()) {
                assertThat(store.records.roots())
                        .as("call %d of %s", call, faulty.faults().calls())
                        .isEmpty();
                assertThat(store.layout.profileFolder(DEV)).doesNotExist();
                if (!faulty.faults().injected()) {
                    assertNothingIsLeft();
                    return;
                }
                try (Lease lease = store.pool.lease("test")) {
                    make(lease);
                }
            } else {
                assertThat(profiles(store.records).history(DEV))
                        .as("before the decision")
                        .hasSize(2);
            }
        }
    }

    @Test
    void whatDiesRightAfterTheDecisionIsFinishedToo() throws IOException {
        Files.move(store.layout.profileSpec(DEV), store.layout.profileTombstone(DEV));
        assertThat(profiles(store.records).list()).isEmpty();
        assertThat(profiles(store.records).abandoned()).hasSize(2);
        recover();
        assertNothingIsLeft();
    }

    @Test
    void whoIsAtWorkOnItIsLeftAlone() throws IOException {
        Files.move(store.layout.profileSpec(DEV), store.layout.profileTombstone(DEV));
        try (FileLock held = store.locks().exclusive(RecordKind.PROFILE, "dev")) {
            recover();
            assertThat(store.records.roots()).hasSize(2);
        }
        recover();
        assertNothingIsLeft();
    }

    @Test
    void aLostSpecificationIsNoDecisionToDelete() throws IOException {
        Files.delete(store.layout.profileSpec(DEV));
        recover();
        assertThat(store.records.roots()).hasSize(2);
        assertThatThrownBy(() -> {
                    try (Lease lease = store.pool.lease("test")) {
                        store.remove(lease, web);
                    }
                })
                .hasMessageContaining("profile dev generation 1");
    }
}
