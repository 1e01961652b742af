package dev.axiom.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.pool.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of records that are never at rest. */
class RereadingTest {
    private static final RecordKey KEY = new RecordKey(RecordKind.PIN, "base", 0);

    private TestStore store;
    private Path ready;
    private Path removing;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
        try (Lease lease = store.pool.lease("test")) {
            PackageId id = store.add(lease, "tool", "1.0").id();
            store.records.create(lease, KEY, NewRecord.of(new Pin("base", "", List.of(id))));
        }
        ready = store.records.roots().get(0).path();
        removing = ready.resolveSibling(RecordFile.fileName(
                KEY, RecordFile.State.REMOVING, UUID.randomUUID().toString()));
    }

    @AfterEach
    void close() {
        FileSteps.ignore();
        store.close();
    }

    @Test
    void aRecordThatChangesOnceIsReadAgain() {
        change(1);
        assertThat(store.records.roots()).hasSize(1);
    }

    @Test
    void aFolderThatNeverRestsIsBusyAndNotDamaged() {
        assertBusy(() -> store.records.roots());
    }

    @Test
    void aRecordThatNeverRestsIsBusyAndNotDamaged() {
        assertBusy(() -> store.records.pin(KEY));
    }

    private void assertBusy(ThrowingCallable reading) {
        AtomicInteger reads = change(Integer.MAX_VALUE);
        assertThatThrownBy(reading).isInstanceOfSatisfying(AxiomException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(e).hasMessageEndingWith(" changes faster than it can be read");
            assertThat(e).hasMessageContaining(String.valueOf(ready.getParent()));
        });
        assertThat(reads).hasValue(Rereading.TRIES);
    }

    /** Lets the record change its state when it is about to be read, so often; counts the readings. */
    private AtomicInteger change(int times) {
        AtomicInteger reads = new AtomicInteger();
        FileSteps.listen((step, path, target) -> {
            if (step == Step.READ
                    && (path.equals(ready) || path.equals(removing))
                    && reads.incrementAndGet() <= times) {
                Files.move(path, path.equals(ready) ? removing : ready);
            }
        });
        return reads;
    }
}
