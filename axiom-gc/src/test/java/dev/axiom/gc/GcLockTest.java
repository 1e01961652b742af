package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLockTest {
    private Path folder;
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        store = new TestStore(folder.resolve("pool"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private GcLock take(Path file) {
        return GcLock.acquire(store.target(), Optional.of(file));
    }

    @Test
    void aSecondCollectionIsToldWhoRunsTheFirst() {
        try (GcLock held = take(folder.resolve("one.lock"))) {
            assertThat(held.file()).isEqualTo(folder.resolve("one.lock"));
            assertThatThrownBy(() -> take(folder.resolve("one.lock")))
                    .satisfies(GcLockTest::assertBusy)
                    .hasMessageStartingWith("a collection is running already: ")
                    .satisfies(e -> assertThat(((AxiomException) e).hint()).isEqualTo("let it end, and try again"));
        }
    }

    @Test
    void twoLockFilesDoNotMakeTwoCollectionsOfOnePool() {
        try (GcLock held = take(folder.resolve("one.lock"))) {
            assertThatThrownBy(() -> take(folder.resolve("two.lock"))).satisfies(GcLockTest::assertBusy);
        }
    }

    private static void assertBusy(Throwable e) {
        assertThat(e)
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("axiom gc (pid " + ProcessHandle.current().pid());
        assertThat(((AxiomException) e).code()).isEqualTo(ErrorCode.BUSY);
    }

    @Test
    void whoFailsAtTheSecondLockGivesTheFirstBack() {
        try (GcLock held = take(folder.resolve("one.lock"));
                TestStore other = new TestStore(folder.resolve("other"))) {
            assertThatThrownBy(() -> take(folder.resolve("two.lock"))).satisfies(GcLockTest::assertBusy);
            GcLock.acquire(other.target(), Optional.of(folder.resolve("two.lock")))
                    .close();
        }
    }

    @Test
    void oneLockFileKeepsCollectionsOfDifferentPoolsApart() {
        try (GcLock held = take(folder.resolve("one.lock"));
                TestStore other = new TestStore(folder.resolve("other"))) {
            assertThatThrownBy(() -> GcLock.acquire(other.target(), Optional.of(folder.resolve("one.lock"))))
                    .satisfies(GcLockTest::assertBusy)
                    .hasMessageContaining(
                            "a collection of another pool, " + store.pool().location() + ", is running")
                    .hasMessageEndingWith(" holds " + folder.resolve("one.lock"))
                    .satisfies(e -> assertThat(((AxiomException) e).hint()).contains("axiom gc --lock-file PATH"));
        }
    }

    @Test
    void thePoolsOwnFileMayBeChosen() {
        Path own = store.layout().gcLock();
        try (GcLock held = take(own)) {
            assertThat(held.file()).isEqualTo(own);
            assertThatThrownBy(() -> take(folder.resolve("two.lock"))).satisfies(GcLockTest::assertBusy);
        }
        take(own.resolveSibling("../locks/gc.lock")).close();
    }

    @Test
    void closingFreesBothAndDeletesNeither() {
        Path file = folder.resolve("one.lock");
        GcLock held = take(file);
        held.close();
        held.close();
        assertThat(file).exists();
        assertThat(store.layout().gcLock()).exists();
        take(file).close();
    }

    @Test
    void aChosenFileThatCannotBeOpenedIsAnError() {
        assertThatThrownBy(() -> take(folder.resolve("missing/one.lock")))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("missing/one.lock");
    }

    @Test
    void aBusyPoolIsNotTouched() {
        store.add("a");
        CollectOptions now = CollectOptions.DEFAULT.withGrace(Duration.ZERO);
        try (GcLock held = take(folder.resolve("one.lock"))) {
            assertThatThrownBy(() -> store.collector(Clock.systemUTC()).run(now, store.surroundings()))
                    .satisfies(GcLockTest::assertBusy);
            assertThat(store.collector(Clock.systemUTC()).plan(now).packages().condemned())
                    .as("a dry run needs no lock")
                    .hasSize(1);
        }
        assertThat(store.packages()).isEqualTo("a");
        assertThat(Files.exists(store.layout().lastCollection())).isFalse();
    }
}
