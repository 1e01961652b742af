package dev.axiom.core.pool;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * The files {@code state/leases/<uuid>} of every pool: owner, then {@code +} and a protected dataset a line. A lease
 * lives as long as somebody holds the kernel's lock on its file. For those who write a pool.
 */
public final class LeaseFiles {
    private static final String PROTECTED = "+";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern OWNED = Pattern.compile("(" + ID.pattern() + ")-t?[0-9]+");
    private static final long PAUSE = 100_000; // ns

    private final Path folder;

    /** @param folder where the files are; it must exist */
    public LeaseFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes a new lease file and locks it. */
    public LeaseFile create(String purpose) throws IOException {
        return create(purpose, Optional.empty());
    }

    /**
     * Makes a new lease file and locks it.
     *
     * @param spare where to take the file from if the disk is full
     */
    LeaseFile create(String purpose, Optional<Reserve> spare) throws IOException {
        while (true) {
            String id = UUID.randomUUID().toString();
            Path file = folder.resolve(id);
            Optional<Reserve> source = make(file, spare);
            int fd = Posix.openOrCreate(file);
            try {
                while (!Posix.tryLock(fd, true)) {
                    LockSupport.parkNanos(PAUSE); // somebody is looking whether we live; that takes microseconds
                }
                if (Files.exists(file)) {
                    introduce(file, purpose);
                    return new LeaseFile(this, file, fd, source);
                }
                Posix.close(fd); // recovery came between our open and our lock and took it for a dead one's
            } catch (IOException | RuntimeException e) {
                Posix.close(fd);
                throw e;
            }
        }
    }

    /** Returns the reserve if the file had to be taken from there. */
    private static Optional<Reserve> make(Path file, Optional<Reserve> spare) throws IOException {
        try {
            Posix.close(Posix.openOrCreate(file));
            return Optional.empty();
        } catch (PosixException e) {
            if (PosixException.meansFull(e) && spare.isPresent() && spare.get().moveOneTo(file)) {
                return spare;
            }
            throw e;
        }
    }

    /** Writes who we are, if there is room: a full pool must stay collectable, and the name is only for people. */
    private static void introduce(Path file, String purpose) {
        try {
            Files.writeString(file, Owner.self(purpose).toLines(), StandardOpenOption.WRITE);
        } catch (IOException nameless) {
            // LeaseInfo.owner is empty then
        }
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    /**
     * Makes the lease hold datasets. A line starts with its own line end, so that one that a full disk has cut short
     * spoils no other. Fails if the file is gone, even when there is nothing to add. Locking: the pool's lock, shared: who holds it alone reads no half-written file.
     */
    void append(Path file, Collection<DatasetName> names) throws IOException {
        String lines =
                names.stream().map(name -> "\n" + PROTECTED + name + "\n").collect(Collectors.joining());
        Files.writeString(file, lines, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Whether somebody holds the lock of this lease. */
    public boolean isAlive(String id) {
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

    /**
     * The ids of all lease files, dead ones too.
     *
     * @throws AxiomException {@code CORRUPT} if something else is in the place of one, or of their folder: who has a
     *     lock on what was there before lives, and nobody could see it
     */
    public List<String> ids() throws IOException {
        require(folder, BasicFileAttributes::isDirectory, "it is not a folder");
        try (var files = Files.list(folder)) {
            List<String> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> ID.matcher(name).matches())
                    .sorted()
                    .toList();
            for (String id : ids) {
                require(folder.resolve(id), BasicFileAttributes::isRegularFile, "it is not a regular file");
            }
            return ids;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void require(Path path, Predicate<BasicFileAttributes> kind, String otherwise) throws IOException {
        try {
            if (!kind.test(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))) {
                throw new AxiomException(
                        ErrorCode.CORRUPT,
                        path + ": " + otherwise,
                        "a running command may keep packages alive there, so nothing was removed; move it away when none runs",
                        null);
            }
        } catch (NoSuchFileException gone) {
            // a lease that ended
        }
    }

    /** The lease that a staging or trash folder belongs to; empty if Axiom has not named it. */
    public static Optional<String> ownerOf(String name) {
        Matcher owned = OWNED.matcher(name);
        return owned.matches() ? Optional.of(owned.group(1)) : Optional.empty();
    }

    /** What the lease says that it protects; a last line that a crash cut off names nothing. */
    List<DatasetName> datasets(String id) throws IOException {
        try {
            // A power cut may leave any bytes: what is no name names nothing.
            String text = new String(Files.readAllBytes(folder.resolve(id)), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith(PROTECTED))
                    .map(line -> line.substring(PROTECTED.length()))
                    .filter(DatasetName::isValid)
                    .map(DatasetName::new)
                    .distinct()
                    .toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    /** The leases that live now, of all processes. */
    public List<LeaseInfo> living() throws IOException {
        List<LeaseInfo> living = new ArrayList<>();
        for (String id : ids()) {
            if (isAlive(id)) {
                living.add(info(id));
            }
        }
        return living;
    }

    /** Who has the lease, and what it protects. */
    public LeaseInfo info(String id) throws IOException {
        return new LeaseInfo(id, Owner.readFrom(folder.resolve(id)), Set.copyOf(datasets(id)));
    }

    /**
     * Removes the file of a dead lease; does nothing if it lives. The lock is held meanwhile: a process that has made
     * the file, but not yet locked it, then sees that it is gone.
     */
    public void reap(String id) throws IOException {
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
                Files.deleteIfExists(file);
            }
        } finally {
            Posix.close(fd);
        }
    }
}
