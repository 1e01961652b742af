package dev.axiom.gc;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.lock.Owner;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;

/**
 * Keeps collections apart, with up to two files. The first is for the administrator: {@code /var/run/axiom-gc.lock}, or
 * what was chosen instead; whoever may not write there (a user with a pool of their own) goes without. The second lies in
 * the pool and is always taken, so that two collectors never work on one pool even if they chose different files. Neither
 * is waited for, and neither file is ever deleted.
 */
public final class GcLock implements AutoCloseable {
    /** Where the first lock lies if nobody chose another place. */
    public static final Path USUAL = Path.of("/var/run/axiom-gc.lock");

    static final String PURPOSE = "axiom gc";

    /** Stands between the purpose and the pool in the lock file. */
    private static final String OF = " of ";

    private static final Pattern LOCATION = Pattern.compile("[a-z]+:.+");

    private static final Set<Errno> OUT_OF_REACH = EnumSet.of(Errno.EACCES, Errno.EPERM, Errno.EROFS, Errno.ENOENT);

    private final Optional<FileLock> first;
    private final FileLock second;
    private final Path file;

    private GcLock(Optional<FileLock> first, FileLock second, Path file) {
        this.first = first;
        this.second = second;
        this.file = file;
    }

    /**
     * Makes the pool's own lock file while there is room for it, so that a full pool can be collected. To be called
     * whenever a pool is opened for writing. That it fails is no trouble: then {@link #acquire} makes the file, or says why
     * it cannot.
     */
    public static void prepare(StoreLayout layout) {
        Path file = layout.gcLock();
        if (Files.notExists(file)) {
            try {
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            } catch (IOException later) {
                // others made it, or it will be said when it is needed
            }
        }
    }

    /**
     * Takes both locks, or none.
     *
     * @param chosen the first lock's file; empty for the usual one
     * @throws AxiomException {@code BUSY}, naming the holder, if a collection is running; {@code UNAVAILABLE} if the
     *     chosen file, or the pool's, cannot be opened
     */
    static GcLock acquire(Target target, Optional<Path> chosen) {
        Pool pool = target.pool();
        Path own = ownFile(target);
        Path wanted = chosen.orElse(USUAL).toAbsolutePath();
        Optional<FileLock> first = isSame(wanted, own) ? Optional.empty() : first(pool, wanted, chosen.isPresent());
        try {
            return new GcLock(first, lock(pool, own), first.isPresent() ? wanted : own);
        } catch (RuntimeException | Error e) {
            first.ifPresent(FileLock::close);
            throw e;
        }
    }

    private static Optional<FileLock> first(Pool pool, Path file, boolean chosen) {
        try {
            return Optional.of(lock(pool, file));
        } catch (AxiomException e) {
            boolean outOfReach =
                    e.getCause() instanceof PosixException failure && OUT_OF_REACH.contains(failure.errno());
            if (outOfReach && !chosen) {
                return Optional.empty(); // the pool's own lock does what matters
            }
            throw e;
        }
    }

    private static FileLock lock(Pool pool, Path file) {
        String what = "the collection of " + pool.location();
        try {
            return FileLock.exclusive(new FileLock.Request(file, what, Duration.ZERO, PURPOSE + OF + pool.location()));
        } catch (LockBusyException e) {
            throw busy(pool, file, e);
        }
    }

    /** The usual file keeps the collections of all pools apart, so the one that runs may well be of another pool. */
    private static AxiomException busy(Pool pool, Path file, LockBusyException e) {
        Optional<String> other = e.owner().flatMap(GcLock::pool).filter(location -> !location.equals(pool.location()));
        String holder = e.owner().map(GcLock::withoutPool).orElse("another process");
        return other.isPresent()
                ? new AxiomException(
                        ErrorCode.BUSY,
                        "a collection of another pool, " + other.get() + ", is running: " + holder + " holds " + file,
                        "let it end, and try again, or give this pool a file of its own: axiom gc --lock-file PATH",
                        e)
                : new AxiomException(
                        ErrorCode.BUSY,
                        "a collection is running already: " + holder + " holds " + file,
                        "let it end, and try again",
                        e);
    }

    /** Whose collection it is, if that stands there. */
    private static Optional<String> pool(Owner owner) {
        return Optional.of(owner.purpose())
                .filter(purpose -> purpose.startsWith(PURPOSE + OF))
                .map(purpose -> purpose.substring((PURPOSE + OF).length()))
                .filter(location -> LOCATION.matcher(location).matches());
    }

    private static String withoutPool(Owner owner) {
        String purpose = pool(owner).isPresent() ? PURPOSE : owner.purpose();
        return new Owner(owner.pid(), owner.since(), purpose).toString();
    }

    private static Path ownFile(Target target) {
        Path file = target.layout().gcLock();
        try {
            DurableFile.makeFolders(Objects.requireNonNull(file.getParent()));
            return file;
        } catch (IOException e) {
            throw AxiomException.io("make the folder of " + file, e);
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.normalize().equals(other.normalize())
                    || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException e) {
            throw AxiomException.io("look at the lock file " + one, e);
        }
    }

    /** The file that others see first: the usual or chosen one, or the pool's own if that is out of reach. */
    public Path file() {
        return file;
    }

    /** Frees both locks. Closing twice is fine. */
    @Override
    public void close() {
        second.close();
        first.ifPresent(FileLock::close);
    }
}
