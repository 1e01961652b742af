package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.os.Posix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one process renamed and did not come to sync, before another builds on it: a power cut must not undo the first
 * and keep the second. Found by the model; see {@code docs/model}.
 */
class LateSyncTest {
    private static final DatasetName BASH = new DatasetName("store/bash");
    private static final String DEAD = "01234567-89ab-cdef-0123-456789abcdef";

    private final Path place;
    private final List<String> seen = new ArrayList<>();

    LateSyncTest(@TempDir Path folder) {
        this.place = folder.resolve("pool");
        DirectoryPool.create(place).close();
    }

    /** Notes at each sync what is in this folder. */
    private DirectoryPool watching(String parent) {
        SyncGroup syncs = new SyncGroup(place, fd -> {
            try (Stream<Path> files = Files.list(place.resolve(parent))) {
                seen.add(files.map(file -> file.getFileName().toString())
                        .toList()
                        .toString());
            }
            Posix.syncFileSystem(fd);
        });
        return new DirectoryPool(place, syncs, point -> {}, PoolLock.TIMEOUT);
    }

    @Test
    void recoveryErasesNothingWhoseRenameIsNotDurable() throws Exception {
        String trashed = DEAD + "-t1";
        Files.createDirectories(place.resolve("trash").resolve(trashed).resolve("root"));
        try (DirectoryPool pool = watching("trash")) {
            pool.recover();
        }
        assertThat(seen).containsExactly("[" + trashed + "]");
        assertThat(place.resolve("trash")).isEmptyDirectory();
    }

    @Test
    void recoveryWithNothingToEraseCostsNoSync() {
        try (DirectoryPool pool = watching("trash")) {
            pool.recover();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aMarkThatAUseTookAwayDoesNotComeBack() throws Exception {
        try (DirectoryPool pool = DirectoryPool.open(place)) {
            try (Lease lease = pool.lease("adder")) {
                PoolChild.publish(lease, BASH);
            }
            pool.markDead(List.of(BASH), Instant.EPOCH);
        }
        try (DirectoryPool pool = watching("store/bash/" + DatasetFolder.PRIVATE);
                Lease lease = pool.lease("user")) {
            lease.look(BASH);
            assertThat(seen).as("who only looks takes no mark away").isEmpty();
            lease.protect(List.of(BASH));
            assertThat(seen).hasSize(1).noneMatch(files -> files.contains("1970"));
            lease.protect(List.of(BASH));
            assertThat(seen).as("nothing more to make durable").hasSize(1);
        }
    }

    /** Not before it is protected: until then it may go, and another come in its place that nobody has made durable. */
    @Test
    void whatIsSaidToExistIsDurable() throws Exception {
        try (DirectoryPool pool = watching("store");
                Lease lease = pool.lease("a second adder")) {
            try (DirectoryPool other = DirectoryPool.open(place);
                    Lease first = other.lease("a first adder")) {
                PoolChild.publish(first, BASH);
            }
            try (Staging staging = lease.stage()) {
                staging.seal(Map.of(), 1);
                seen.clear();
                assertThatExceptionOfType(DatasetExistsException.class).isThrownBy(() -> staging.publish(BASH));
            }
            assertThat(seen).as("before the rename").hasSize(1);
            lease.protect(List.of(BASH));
            assertThat(seen).as("once it is there to stay").hasSize(2);
            lease.protect(List.of(BASH));
            assertThat(seen).as("nothing more to make durable").hasSize(2);
        }
    }
}
