package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Tries what a {@link DirectoryPool} relies on, so that a file system which lacks it is refused before it is used. */
final class FileSystemProbe {
    private static final int LONGEST_COMPONENT = 200;

    private final Path folder;

    private FileSystemProbe(Path folder) {
        this.folder = folder;
    }

    /** @throws AxiomException {@code UNAVAILABLE}, saying what is missing */
    static void run(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "probe-");
        try {
            FileSystemProbe probe = new FileSystemProbe(folder);
            probe.names();
            probe.modes();
            probe.links();
            probe.renames();
            probe.locks();
        } catch (IOException | UnsupportedOperationException e) {
            throw refused("an operation failed: " + e.getMessage(), parent);
        } finally {
            TreeRemoval.delete(folder);
        }
    }

    private void names() throws IOException {
        Files.createFile(folder.resolve("Case"));
        if (Files.exists(folder.resolve("case"))) {
            throw refused("it does not tell upper from lower case in names", folder);
        }
        Files.createFile(folder.resolve("n".repeat(LONGEST_COMPONENT)));
    }

    private void modes() throws IOException {
        Path file = Files.createFile(folder.resolve("mode"));
        for (String mode : new String[] {"r-xr-x--x", "rw-r-----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals(mode)) {
                throw refused("it does not keep file modes", folder);
            }
        }
    }

    private void links() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.createLink(folder.resolve("hard"), file);
        Files.createSymbolicLink(folder.resolve("soft"), Path.of("file"));
        if (!Files.isSameFile(file, folder.resolve("hard")) || !Files.isSameFile(file, folder.resolve("soft"))) {
            throw refused("it does not keep links", folder);
        }
    }

    /** A folder must move in one step, and never over one that is not empty: this is what decides between publishers. */
    private void renames() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/full")).getParent();
        Path two = Files.createDirectories(folder.resolve("two/full")).getParent();
        try {
            Files.move(one, two, StandardCopyOption.ATOMIC_MOVE);
            throw refused("a rename replaces a folder that is not empty", folder);
        } catch (FileSystemException expected) {
            Files.move(one, folder.resolve("three"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void locks() throws PosixException {
        Path file = folder.resolve("lock");
        int first = Posix.openOrCreate(file);
        int second = Posix.openOrCreate(file);
        try {
            if (!Posix.tryLock(first, true) || Posix.tryLock(second, false)) {
                throw refused("flock(2) does not exclude others", folder);
            }
        } finally {
            Posix.close(second);
            Posix.close(first);
        }
    }

    private static AxiomException refused(String reason, Path folder) {
        return new AxiomException(
                ErrorCode.UNAVAILABLE,
                "the file system of " + folder + " cannot hold a pool: " + reason,
                "use ext4, xfs, btrfs, tmpfs or zfs",
                null);
    }
}
