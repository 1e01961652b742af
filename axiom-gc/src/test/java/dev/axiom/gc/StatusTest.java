package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.Damage;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
    private static final Instant THEN = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void everythingIsCounted(@TempDir Path folder) throws IOException {
        TestClock clock = new TestClock(THEN);
        try (TestStore store = new TestStore(folder.resolve("pool"))) {
            store.add("a b c d");
            store.root("profile dev 1", "a b");
            store.root("profile dev 2", "a");
            store.root("pin x", "a");
            assertThat(Status.read(store.target(), clock, CollectOptions.DEFAULT, Damage.STOP)
                            .last())
                    .isEmpty();
            store.collector(clock).run(CollectOptions.DEFAULT, store.surroundings());
            clock.advance(Duration.ofDays(2));
            store.add("e");
            store.root("env dev 1", "a");
            store.disk("dev", 1);

            try (Lease lease = store.pool().lease("axiom package add")) {
                assertThat(lease.isAlive()).isTrue();
                Status status = Status.read(store.target(), clock, CollectOptions.DEFAULT, Damage.STOP);

                assertThat(status.location()).isEqualTo("dir:" + folder.resolve("pool"));
                assertThat(status.packages()).isEqualTo(new Status.Amount(5, 500));
                assertThat(status.live()).isEqualTo(new Status.Amount(2, 200));
                assertThat(status.collectable()).isEqualTo(new Status.Amount(2, 200));
                assertThat(status.waiting()).isEqualTo(new Status.Amount(1, 100));
                assertThat(status.environments()).isEqualTo(new Status.Amount(1, 100));
                assertThat(status.roots())
                        .isEqualTo(Map.of(RecordKind.PROFILE, 2, RecordKind.ENV, 1, RecordKind.PIN, 1));
                assertThat(status.leases()).singleElement().asString().startsWith("axiom package add (pid ");
                assertThat(status.last()).contains(new LastCollection(THEN, 0, 0, false));
            }
            store.collector(clock).run(CollectOptions.DEFAULT, store.surroundings());
            assertThat(Status.read(store.target(), clock, CollectOptions.DEFAULT, Damage.STOP)
                            .last())
                    .contains(new LastCollection(clock.instant(), 2, 200, false));
        }
    }

    @Test
    void aGarbledNoteOfTheLastCollectionOnlyCostsTheNote(@TempDir Path folder) throws IOException {
        Path note = folder.resolve("last");
        for (String text : new String[] {"", "\0", "ended: soon\ncollected: 1\nbytes-freed: 2\n", "ended: " + THEN}) {
            Files.writeString(note, text);
            assertThat(LastCollection.read(note)).as(text).isEmpty();
        }
        assertThat(LastCollection.read(folder.resolve("none"))).isEmpty();
        Files.writeString(note.resolveSibling("last.new"), "left over by a crash");
        new LastCollection(THEN, 3, 4, true).write(note);
        assertThat(LastCollection.read(note)).contains(new LastCollection(THEN, 3, 4, true));
    }
}
