package dev.axiom.core.pool;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * The files {@code state/leases/<uuid>}: owner, then one protected dataset a line. A lease lives as long as somebody
 * holds the kernel's lock on its file.
 */
final class LeaseFiles {
    private static final int OWNER_LINES = 3;
    private static final long PAUSE = 100_000; // ns

    private final Path folder;

    LeaseFiles(Path folder) {
        this.folder = folder;
    }

    /** A lease file that this process has locked. */
    record Held(String id, Path file, int fd) {}

    /** Makes a new lease file and locks it. */
    Held create(String purpose) throws IOException {
        while (true) {
            String id = UUID.randomUUID().toString();
            Path file = folder.resolve(id);
            int fd = Posix.openOrCreate(file);
            try {
                while (!Posix.tryLock(fd, true)) {
                    LockSupport.parkNanos(PAUSE); // somebody is looking whether we live; that takes microseconds
                }
                Files.writeString(file, Owner.self(purpose).toLines(), StandardOpenOption.WRITE);
                return new Held(id, file, fd);
            } catch (NoSuchFileException removed) {
                Posix.close(fd); // recovery came between our open and our lock and took it for a dead one's
            } catch (IOException | RuntimeException e) {
                Posix.close(fd);
                throw e;
            }
        }
    }

    /** Notes what the lease protects, before it does, so that recovery finds every hold of a dead lease. */
    void append(Path file, Collection<DatasetName> names) throws IOException {
        String lines = names.stream().map(name -> name + "\n").collect(Collectors.joining());
        Files.writeString(file, lines, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Whether somebody holds the lock of this lease. */
    boolean isAlive(String id) {
        try {
            int fd = Posix.openForReading(folder.resolve(id));
            try {
                return !Posix.tryLock(fd, false);
            } finally {
                Posix.close(fd);
            }
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw AxiomException.io("look at the lease " + folder.resolve(id), e);
        }
    }

    /** The ids of all lease files, dead ones too. */
    List<String> ids() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What the lease says that it protects; a last line that a crash cut off names nothing. */
    List<DatasetName> datasets(String id) throws IOException {
        try {
            String text = Files.readString(folder.resolve(id));
            return text.lines()
                    .skip(OWNER_LINES)
                    .filter(line -> line.length() <= DatasetName.MAX_LENGTH)
                    .filter(line ->
                            !line.isEmpty() && List.of(line.split("/")).stream().allMatch(DatasetName::isComponent))
                    .map(DatasetName::new)
                    .distinct()
                    .toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    LeaseInfo info(String id) throws IOException {
        return new LeaseInfo(id, Owner.readFrom(folder.resolve(id)), Set.copyOf(datasets(id)));
    }

    /** Removes what a dead lease left. */
    interface Cleanup {
        void run(String leaseId) throws IOException;
    }

    /**
     * Removes a dead lease's file, after {@code cleanup} has removed what the lease left. Does nothing if it lives. The
     * lock is held meanwhile: a process that has made the file, but not yet locked it, then sees that it is gone.
     */
    void reap(String id, Cleanup cleanup) throws IOException {
        Path file = folder.resolve(id);
        int fd;
        try {
            fd = Posix.openForReading(file);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            throw e;
        }
        try {
            if (Posix.tryLock(fd, true)) {
                cleanup.run(id);
                Files.deleteIfExists(file);
            }
        } finally {
            Posix.close(fd);
        }
    }
}
