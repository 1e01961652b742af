package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.ProfileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile whose pointer names a generation that somebody has deleted by hand. */
class LostGenerationTest {
    private static final ProfileName DEV = Workbench.DEV;

    private Workbench bench;
    private Path pointer;

    @BeforeEach
    void loseTheSecondGeneration(@TempDir Path folder) throws IOException {
        bench = new Workbench(folder);
        bench.store.add("web", "2.0");
        assertThat(bench.resolver
                        .resolve(bench.lease, DEV, ResolveRequest.upgrading(Set.of()))
                        .generation())
                .isEqualTo(2);
        pointer = bench.store.layout.profilePointer(DEV);
        Files.delete(pointer.resolveSibling("generations/2.lock.yaml"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whoAsksForItIsToldWhatToDo() {
        assertLost(() -> bench.profiles.current(DEV));
    }

    @Test
    void aResolveMakesAnotherAndSaysWhy() {
        Resolved preview = bench.resolver.preview(DEV, ResolveRequest.MINIMAL);
        Resolved resolved = bench.resolve();

        assertThat(resolved.generation()).isEqualTo(3);
        assertThat(preview.generation()).isEqualTo(3);
        assertThat(resolved.changed()).isTrue();
        assertThat(resolved.before()).isEmpty();
        assertThat(resolved.warnings()).singleElement().asString().contains(pointer + ": generation 2 does not exist");
        assertThat(preview.warnings()).isEqualTo(resolved.warnings());
        assertThat(bench.profiles.current(DEV)).contains(new Locked(3, resolved.lock()));
        assertThat(bench.resolve().warnings()).isEmpty();
    }

    /** What the lock file said, and so whether it would change, nobody knows. */
    @Test
    void aResolveThatMayChangeNothingRefuses() {
        assertLost(() -> bench.resolver.resolve(bench.lease, DEV, ResolveRequest.MINIMAL.asLocked()));
        assertThat(bench.profiles.history(DEV)).hasSize(1);
    }

    @Test
    void aRollbackGoesToTheOneBefore() {
        assertThat(bench.profiles.rollback(bench.lease, DEV, Optional.empty())).isEqualTo(1);
        assertThat(bench.profiles.current(DEV)).map(Locked::generation).contains(1);
    }

    private void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AxiomException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
            assertThat(e).hasMessage(pointer + ": generation 2 does not exist");
            assertThat(e.hint()).isEqualTo("axiom profile rollback dev N, or axiom profile resolve dev");
        });
    }
}
