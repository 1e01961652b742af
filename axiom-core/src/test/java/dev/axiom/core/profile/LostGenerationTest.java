package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile whose pointer names a generation that somebody has deleted by hand. */
class LostGenerationTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final ResolveRequest NEWEST = ResolveRequest.anew(Preference.NEWEST);

    private TestStore store;
    private Profiles profiles;
    private ProfileResolver resolver;
    private Lease lease;

    @BeforeEach
    void loseTheSecondGeneration(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
        profiles = new Profiles(store.layout, store.records, store.locks());
        resolver = new ProfileResolver(profiles, store.packages, store.records);
        lease = store.pool.lease("test");
        profiles.create(lease, DEV, "");
        profiles.add(lease, DEV, List.of(Requirement.parse("web")));
        store.add("web", "1.0");
        resolver.resolve(lease, DEV, NEWEST);
        store.add("web", "2.0");
        resolver.resolve(lease, DEV, NEWEST);
        Files.delete(store.layout.profileFolder(DEV).resolve("generations/2.lock.yaml"));
    }

    @AfterEach
    void close() {
        lease.close();
        store.close();
    }

    @Test
    void whoAsksForItIsToldWhatToDo() {
        assertLost(() -> profiles.current(DEV));
    }

    @Test
    void aResolveMakesAnotherAndSaysWhy() {
        Resolved preview = resolver.preview(DEV, ResolveRequest.MINIMAL);
        Resolved resolved = resolver.resolve(lease, DEV, ResolveRequest.MINIMAL);

        assertThat(resolved.generation()).isEqualTo(3);
        assertThat(preview.generation()).isEqualTo(3);
        assertThat(resolved.changed()).isTrue();
        assertThat(resolved.before()).isEmpty();
        assertThat(resolved.warnings())
                .singleElement()
                .asString()
                .contains(store.layout.profilePointer(DEV) + ": generation 2 does not exist");
        assertThat(preview.warnings()).isEqualTo(resolved.warnings());
        assertThat(profiles.current(DEV)).contains(new Locked(3, resolved.lock()));
        assertThat(resolver.resolve(lease, DEV, ResolveRequest.MINIMAL).warnings())
                .isEmpty();
    }

    /** What the lock file said, and so whether it would change, nobody knows. */
    @Test
    void aResolveThatMayChangeNothingRefuses() {
        assertLost(() -> resolver.resolve(lease, DEV, NEWEST.asLocked()));
        assertThat(profiles.history(DEV)).hasSize(1);
    }

    @Test
    void aRollbackGoesToTheOneBefore() {
        assertThat(profiles.rollback(lease, DEV, Optional.empty())).isEqualTo(1);
        assertThat(profiles.current(DEV)).map(Locked::generation).contains(1);
    }

    private void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AxiomException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
            assertThat(e).hasMessage(store.layout.profilePointer(DEV) + ": generation 2 does not exist");
            assertThat(e.hint()).isEqualTo("axiom profile rollback dev N, or axiom profile resolve dev");
        });
    }
}
