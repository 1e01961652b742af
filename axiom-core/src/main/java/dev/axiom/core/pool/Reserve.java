package dev.axiom.core.pool;

import dev.axiom.core.os.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Empty files that were made while there was room, to become the lease files of those who make room when there is none:
 * on a disk without a free inode nothing can be made, but everything can be renamed. Any number of processes may use it
 * at once.
 */
final class Reserve {
    /** A collection takes two at a time; the others are for who works beside it, or was killed. */
    private static final int SIZE = 4;

    private final Path folder;

    Reserve(Path folder) {
        this.folder = folder;
    }

    /** Makes what is missing. Without room, or without the right to write, it stays as it is: the next start tries again. */
    void fill() {
        try {
            for (int i = Listings.namesIfAny(folder).size(); i < SIZE; i++) {
                Files.createDirectories(folder);
                Posix.close(Posix.openOrCreate(folder.resolve(UUID.randomUUID().toString())));
            }
        } catch (IOException full) {
            // it is for later, and nothing needs it now
        }
    }

    /** Gives one of the files this name; returns false if none is left. */
    boolean moveOneTo(Path file) throws IOException {
        for (String name : Listings.namesIfAny(folder)) {
            try {
                Files.move(folder.resolve(name), file, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (NoSuchFileException taken) {
                // by another, just now
            }
        }
        return false;
    }

    /** Empties a file that came from here and puts it back; returns false if that is not possible. */
    boolean takeBack(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }
}
