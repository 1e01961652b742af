package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collector that is killed leaves everything whole, and nothing over after the next one. */
@ExtendWith(Seeds.class)
@Timeout(300)
class KilledCollectorTest {
    private static final CollectOptions AT_ONCE = CollectOptions.DEFAULT.withGrace(Duration.ZERO);
    private static final int DEAD = 300;

    /** More with {@code -Daxiom.kills=200}. */
    private static final int KILLS = Integer.getInteger("axiom.kills", 5);

    private Path folder;
    private TestStore store;

    @BeforeEach
    void open(@TempDir(factory = InMemory.class) Path temporary) {
        folder = temporary;
        store = new TestStore(folder.resolve("pool"));
        store.add("a b c");
        store.root("profile dev 1", "a b");
        store.root("pin base", "c");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ChildJvm collector(String waitAt) {
        return ChildJvm.start(CollectorChild.class, folder.resolve("pool"), waitAt);
    }

    private void addDead() {
        store.add(IntStream.range(0, DEAD).mapToObj(n -> "dead" + n).collect(Collectors.joining(" ")));
    }

    /** What is listed is whole, whatever was going on. */
    private void assertWhole() {
        for (String letter : Letters.words(store.packages())) {
            Path content = folder.resolve("pool")
                    .resolve(StoreLayout.packageDataset(Letters.id(letter)).value())
                    .resolve("root/file");
            assertThat(content).hasContent(Letters.id(letter).toString());
        }
        assertThat(store.packages()).startsWith("a b c");
        assertThat(store.holds("a")).containsExactly(new HoldTag("profile:dev:1"));
    }

    private void assertNextOneTidiesUp() throws IOException {
        store.collector(Clock.systemUTC()).run(AT_ONCE, store.surroundings());
        assertThat(store.packages()).isEqualTo("a b c");
        assertThat(store.leftovers()).isEmpty();
        try (var files = Files.list(folder.resolve("pool/store"))) {
            assertThat(files).hasSize(3);
        }
        assertWhole();
    }

    @ParameterizedTest
    @EnumSource(Progress.Step.class)
    void killedAtEachStep(Progress.Step step) throws IOException {
        addDead();
        try (ChildJvm child = collector(step.name())) {
            child.awaitStart(step.name());
            child.kill();
        }
        assertWhole();
        assertNextOneTidiesUp();
    }

    @Test
    void killedInTheMiddleOfTheSweep() throws IOException {
        Random random = Seeds.random();
        for (int i = 0; i < KILLS; i++) {
            addDead();
            int left = random.nextInt(DEAD);
            try (ChildJvm child = collector("none")) {
                File packages = folder.resolve("pool/store").toFile();
                while (child.isAlive() && entries(packages) > left + 3) {
                    Thread.onSpinWait(); // each look is a listing, so this neither sleeps nor burns for nothing
                }
                child.kill();
            }
            assertWhole();
            assertNextOneTidiesUp();
        }
    }

    private static int entries(File folder) {
        String[] names = folder.list();
        return names == null ? 0 : names.length;
    }

    @Test
    void twoProcessesAtOnce() throws IOException {
        addDead();
        try (ChildJvm child = collector("PLANNED")) {
            child.awaitStart("PLANNED");
            assertThatThrownBy(() -> store.collector(Clock.systemUTC()).run(AT_ONCE, store.surroundings()))
                    .hasMessageContaining("axiom gc (pid " + child.pid());
            assertThat(entries(folder.resolve("pool/store").toFile())).isEqualTo(DEAD + 3);
            child.kill();
        }
        assertNextOneTidiesUp();
    }

    @Test
    void askedToEndItFinishesWhatItIsAtAndReports() throws IOException {
        addDead();
        try (ChildJvm child = collector("MARKED")) {
            child.awaitStart("MARKED");
            child.terminate();
            child.awaitStart("TERMINATING");
            child.proceed();
            assertThat(child.awaitStart("REPORT")).isEqualTo("REPORT 0 true");
            assertThat(child.exitCode()).as("128 + SIGTERM").isEqualTo(143);
        }
        assertWhole();
        assertNextOneTidiesUp();
    }
}
