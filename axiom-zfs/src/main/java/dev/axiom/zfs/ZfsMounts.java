package dev.axiom.zfs;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Mount;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.DatasetName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import jnr.constants.platform.Errno;

/**
 * Where a pool's datasets are mounted: below {@code /run/axiom/<dataset>}, a folder each, always the same one, and gone
 * with a reboot. A sealed dataset is mounted when somebody opens it, and stays at least as long as a lease or an environment
 * holds it; what only a profile or a pin holds is unmounted when nobody uses it. An environment's generation stays until it is
 * destroyed: people use it without a lease.
 */
final class ZfsMounts {
    private static final String TYPE = "zfs";
    private static final int LOCKS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A dataset may be busy for moments after its last file was closed: others look at new mounts. */
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ZfsNames names;
    private final ZfsCore core;
    private final Path base;

    ZfsMounts(ZfsNames names, ZfsCore core) {
        this(names, core, Path.of(Files.isDirectory(Path.of("/run")) ? "/run/axiom" : "/var/run/axiom"));
    }

    ZfsMounts(ZfsNames names, ZfsCore core, Path runtime) {
        this.names = names;
        this.core = core;
        this.base = runtime.resolve(names.root());
    }

    /** Where a dataset is mounted, if it is. */
    Path path(DatasetName name) {
        return base.resolve(name.value());
    }

    /** Mounts a dataset that only the caller knows of. @throws AxiomException if that fails, or it is not there then */
    void mount(DatasetName name, boolean readOnly) {
        Path folder = path(name);
        try {
            Files.createDirectories(folder);
            long start = System.nanoTime();
            try {
                Mount.mount(names.filesystem(name), folder, TYPE, readOnly);
            } finally {
                core.timers().called("mount", start);
            }
            if (!isMounted(folder)) {
                throw new IOException("nothing is mounted on " + folder);
            }
        } catch (IOException e) {
            throw failed("mount", name, e);
        }
    }

    /** Mounts a dataset, unless it is. Locking: the dataset's mount, alone. */
    void open(DatasetName name, boolean readOnly) {
        if (isMounted(path(name)) && name.equals(ZfsNames.STATE)) {
            return; // nobody ever unmounts it
        }
        try (FileLock lock = lock(name)) {
            if (!isMounted(path(name))) {
                mount(name, readOnly);
            }
        }
    }

    /** Unmounts a dataset that only the caller uses; nothing mounted is fine. Waits a moment for passers-by. */
    void unmount(DatasetName name) {
        Path folder = path(name);
        long start = System.nanoTime();
        while (isMounted(folder)) {
            try {
                unmount(folder);
            } catch (PosixException e) {
                if (e.errno() != Errno.EBUSY || System.nanoTime() - start > BUSY_NANOS) {
                    throw failed("unmount", name, e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        removeFolder(folder);
    }

    /**
     * As {@link #release}, for those who are done with a dataset and do not want it destroyed. Only a lease and an environment
     * use its files: what a profile or a pin holds is mounted again when somebody opens it.
     */
    void releaseIdle(DatasetName name) {
        if (name.value().startsWith(ZfsNames.STORE + "/")) {
            release(name, tag -> tag.startsWith("lease:") || tag.startsWith("env:"));
        }
    }

    /**
     * Unmounts a dataset if nobody holds it and nobody uses it. Locking: the dataset's mount, alone: who holds it after
     * our look mounts it after our deed.
     */
    void release(DatasetName name) {
        release(name, tag -> true);
    }

    /** @param reason whether a hold of this tag is one to stay mounted */
    private void release(DatasetName name, Predicate<String> reason) {
        Path folder = path(name);
        if (!isMounted(folder)) {
            return;
        }
        try (FileLock lock = lock(name)) {
            if (isMounted(folder)
                    && core.holds(names.sealed(name)).orElse(Set.of()).stream().noneMatch(reason)) {
                unmount(folder);
                removeFolder(folder);
            }
        } catch (PosixException e) {
            if (e.errno() != Errno.EBUSY) {
                throw failed("unmount", name, e);
            }
        }
    }

    private void unmount(Path folder) throws PosixException {
        long start = System.nanoTime();
        try {
            Mount.unmount(folder);
        } finally {
            core.timers().called("umount2", start);
        }
    }

    /** A leftover folder does no harm, and the next mount takes it. */
    private static void removeFolder(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // somebody looks at it, or mounted something of his own
        }
    }

    /** Keeps a dataset mounted by an open folder in it; empty if it is not mounted. Needs no rights. */
    Optional<Pin> pin(DatasetName name) {
        Path folder = path(name);
        try {
            Pin pin = new Pin(Posix.openForReading(folder));
            boolean pinned = false;
            try {
                pinned = pin.isAt(folder);
                return pinned ? Optional.of(pin) : Optional.empty(); // else we opened the folder below the mount
            } finally {
                if (!pinned) {
                    pin.close();
                }
            }
        } catch (PosixException | NoSuchFileException e) {
            if (e instanceof PosixException posix && posix.errno() != Errno.ENOENT) {
                throw AxiomException.io("open " + folder, e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw AxiomException.io("look at " + folder, e);
        }
    }

    /** As {@link #pin(DatasetName)} of a dataset that was just mounted. @throws AxiomException if it is not there any more */
    Pin pinMounted(DatasetName name) {
        return pin(name).orElseThrow(() -> unmounted(name));
    }

    /**
     * Hands to ZFS what was written to a pinned dataset through maps of files, which a snapshot would lack.
     *
     * @throws AxiomException {@code UNAVAILABLE} if it is not mounted at its place any more: some of it went elsewhere then
     */
    void flush(DatasetName name, Pin pin) {
        requireAtPlace(name, pin);
        try {
            Posix.syncFileSystem(pin.fd());
        } catch (IOException e) {
            throw AxiomException.io("write out " + path(name), e);
        }
    }

    /** @throws AxiomException {@code UNAVAILABLE} if a pinned dataset is not mounted at its place any more */
    void requireAtPlace(DatasetName name, Pin pin) {
        try {
            if (!pin.isAt(path(name))) {
                throw unmounted(name);
            }
        } catch (IOException e) {
            throw AxiomException.io("look at " + path(name), e);
        }
    }

    private AxiomException unmounted(DatasetName name) {
        return new AxiomException(
                ErrorCode.UNAVAILABLE,
                names.filesystem(name) + " was unmounted while it was filled",
                "run it again, and let nobody unmount what is below " + base + "; what was written since is in "
                        + path(name) + " itself",
                null);
    }

    /** An open folder: what it lies in can be neither unmounted nor destroyed. */
    record Pin(int fd) implements AutoCloseable {
        /** Whether the folder of this name is a mount point, and that of what was opened. */
        boolean isAt(Path folder) throws IOException {
            return isMounted(folder) && device(Path.of("/proc/self/fd/" + fd)).equals(device(folder));
        }

        @Override
        public void close() {
            Posix.close(fd);
        }
    }

    /** The datasets that are mounted at their places. */
    List<DatasetName> mounted() {
        List<DatasetName> found = new ArrayList<>();
        for (Entry entry : table()) {
            if (entry.source().startsWith(names.root() + "/") && !entry.source().contains("@")) {
                DatasetName name = names.name(entry.source());
                if (entry.point().equals(path(name).toString())) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    /** The folders that a file system is mounted on. */
    static List<String> points(String source) {
        return table().stream()
                .filter(entry -> entry.source().equals(source))
                .map(Entry::point)
                .toList();
    }

    private record Entry(String source, String point) {}

    /** proc(5), /proc/self/mounts: source, folder, type. */
    private static List<Entry> table() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts"), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(" ", 4))
                    .filter(fields -> fields.length > 2 && fields[2].equals(TYPE))
                    .map(fields -> new Entry(fields[0], unescape(fields[1])))
                    .toList();
        } catch (IOException e) {
            throw AxiomException.io("read the table of mounts", e);
        }
    }

    /** The table has these four as octal numbers, and every byte as it is. */
    private static String unescape(String field) {
        String text = field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A mount point is on another device than the folder around it. */
    static boolean isMounted(Path folder) {
        try {
            return !device(folder).equals(device(folder.resolveSibling("")));
        } catch (NoSuchFileException missing) {
            return false;
        } catch (IOException e) {
            throw AxiomException.io("look at " + folder, e);
        }
    }

    private static Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }

    /** Orders those who mount and unmount one dataset, in all processes. */
    private FileLock lock(DatasetName name) {
        return lock(Integer.toString(Math.floorMod(name.hashCode(), LOCKS)), "the mount of " + name);
    }

    /** A lock of this pool's on this machine, such as that of its setup. */
    FileLock lock(String file, String what) {
        return lock(file, what, PATIENCE);
    }

    /** @throws dev.axiom.core.lock.LockBusyException if others have it for longer than that */
    FileLock lock(String file, String what, Duration patience) {
        Path folder = base.resolve(".locks");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AxiomException.io("make " + folder, e);
        }
        return FileLock.exclusive(new FileLock.Request(folder.resolve(file), what, patience, "a mount"));
    }

    private AxiomException failed(String verb, DatasetName name, IOException cause) {
        Errno errno = cause instanceof PosixException posix ? posix.errno() : Errno.EIO;
        String what = "cannot " + verb + " " + names.filesystem(name) + ": ";
        if (errno == Errno.EACCES && Posix.isRoot()) {
            return new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    what + "its encryption key is not loaded",
                    "zfs load-key -r " + names.root() + ", or the dataset above that has the key",
                    cause);
        }
        return new AxiomException(
                errno == Errno.EBUSY ? ErrorCode.BUSY : ErrorCode.UNAVAILABLE,
                what + cause.getMessage(),
                errno == Errno.EPERM || errno == Errno.EACCES ? "run as root" : null,
                cause);
    }
}
