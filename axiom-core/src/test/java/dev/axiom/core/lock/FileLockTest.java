package dev.axiom.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks between threads and between processes. */
class FileLockTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve("lock");
    }

    private FileLock.Request request(Duration timeout) {
        return new FileLock.Request(file, "profile 'dev'", timeout, "axiom profile add");
    }

    private FileLock.Request now() {
        return request(Duration.ZERO);
    }

    @Test
    void oneExcludesAllOthers() {
        try (FileLock lock = FileLock.exclusive(now())) {
            assertBusy(true);
            assertBusy(false);
        }
        FileLock.exclusive(now()).close();
    }

    @Test
    void aFileThatIsNamedByMistakeKeepsItsContent() throws Exception {
        Files.writeString(file, "precious\ndata\nof three lines\n");
        try (FileLock lock = FileLock.exclusive(now())) {
            assertBusy(true);
        }
        assertThat(file).hasContent("precious\ndata\nof three lines\n");
    }

    @Test
    void whatIsPutInItsPlaceMeanwhileKeepsItsContent() throws Exception {
        try (FileLock lock = FileLock.exclusive(now())) {
            Path other = Files.writeString(folder.resolve("other"), "precious\ndata\nof three lines\n");
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(file).hasContent("precious\ndata\nof three lines\n");
    }

    /** A power cut may leave the length of a text and not the text. */
    @Test
    void whatACrashLeftOfAnOwnerIsOverwritten() throws Exception {
        Files.write(file, new byte[40]);
        FileLock.exclusive(now()).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void aLinkIsNoLockFile() throws Exception {
        Files.createSymbolicLink(file, Files.writeString(folder.resolve("precious"), "data"));
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> FileLock.exclusive(now()))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void sharersExcludeOnlyTheExclusive() {
        try (FileLock one = FileLock.shared(now());
                FileLock two = FileLock.shared(now())) {
            assertBusy(true);
            one.close();
            assertBusy(true);
        }
        FileLock.exclusive(now()).close();
    }

    private LockBusyException assertBusy(boolean exclusive) {
        try (FileLock lock = exclusive ? FileLock.exclusive(now()) : FileLock.shared(now())) {
            throw new AssertionError("not busy");
        } catch (LockBusyException busy) {
            assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(busy).hasMessageStartingWith("profile 'dev' is locked by ");
            assertThat(busy.hint()).contains("--lock-timeout");
            return busy;
        }
    }

    @Test
    void closingTwiceFreesNobodyElsesLock() {
        FileLock first = FileLock.exclusive(now());
        first.close();
        try (FileLock second = FileLock.exclusive(now())) {
            first.close();
            assertBusy(true);
        }
    }

    @Test
    void theFileStaysWithoutANameInIt() {
        FileLock.exclusive(now()).close();
        assertThat(file).exists().isEmptyFile();
        assertThat(FileLock.holder(file)).isEmpty();
    }

    @Test
    void aHolderInThisProcessIsCalledSo() {
        try (FileLock lock = FileLock.exclusive(now())) {
            LockBusyException busy = assertBusy(true);
            assertThat(busy).hasMessageContaining("another operation of this process: axiom profile add");
            assertThat(busy.owner().orElseThrow().pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void sharersAreNotCalledByTheNameOfAnEarlierHolder() {
        FileLock.exclusive(now()).close();
        try (FileLock sharer = FileLock.shared(now())) {
            assertThat(assertBusy(true)).hasMessageContaining("locked by another operation");
            assertThat(assertBusy(true).owner()).isEmpty();
        }
    }

    @Test
    void aHolderInAnotherProcessIsNamedAndItsDeathFreesTheLock() throws Exception {
        try (ChildJvm child = ChildJvm.start(Holder.class, file)) {
            child.await("locked");
            LockBusyException busy = assertBusy(false);
            assertThat(busy).hasMessageContaining("axiom gc (pid " + child.pid() + ", since 20");
            assertThat(busy.owner().orElseThrow().purpose()).isEqualTo("axiom gc");
            child.kill();
        }
        try (FileLock lock = FileLock.exclusive(now())) {
            assertThat(FileLock.holder(file).orElseThrow().purpose()).isEqualTo("axiom profile add");
        }
    }

    /** Takes the lock in a process of its own. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            FileLock.exclusive(new FileLock.Request(Path.of(arguments[0]), "it", Duration.ZERO, "axiom gc"));
            ChildJvm.sayAndHang("locked");
        }
    }

    @Test
    void theTimeoutIsWaitedForAndNoLonger() {
        try (FileLock lock = FileLock.exclusive(now())) {
            long start = System.nanoTime();
            assertThatExceptionOfType(LockBusyException.class)
                    .isThrownBy(() -> FileLock.exclusive(request(Duration.ofMillis(150))));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(150), Duration.ofSeconds(20));
        }
    }

    @Test
    void whoWaitsGetsTheLockWhenItIsFree() throws Exception {
        FileLock lock = FileLock.exclusive(now());
        Race.run(2, number -> {
            if (number == 0) {
                lock.close();
            } else {
                FileLock.exclusive(request(Duration.ofSeconds(Long.MAX_VALUE))).close();
            }
        });
    }

    @Test
    void manyThreadsAreNeverInsideTogether() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        Race.run(10, number -> {
            for (int i = 0; i < 20; i++) {
                try (FileLock lock = FileLock.exclusive(request(Duration.ofSeconds(60)))) {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    inside.decrementAndGet();
                }
            }
        });
    }

    @Test
    void aFileThatCannotBeMadeIsReported() {
        file = folder.resolve("none/lock");
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> FileLock.shared(now()))
                .withMessageContaining("none/lock")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void garbageInTheFileOnlyCostsTheName() throws Exception {
        for (byte[] garbage : List.of(new byte[] {(byte) 0xff, 0}, "x\ny\nz\n".getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, garbage);
            try (FileLock lock = FileLock.shared(now())) {
                assertThat(assertBusy(true).owner()).isEmpty();
            }
        }
    }
}
