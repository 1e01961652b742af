package dev.axiom.core.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Deletes a folder with all that is in it, with as few system calls as the JDK allows: one remove an entry, one listing
 * a folder. Links are removed, never followed. Others may delete the same tree at the same time.
 */
public final class TreeRemoval {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

    private TreeRemoval() {}

    /**
     * Deletes the tree; nothing there is success. Folders that this user may not list or change are opened up on the
     * way.
     *
     * @throws IOException naming the first entry that could not be deleted; what was deleted before stays so
     */
    public static void delete(Path tree) throws IOException {
        Deque<File> folders = new ArrayDeque<>(); // deepest last: an explicit stack, for depth is not ours to choose
        openUp(tree);
        if (!removed(tree)) {
            folders.push(tree.toFile());
        }
        while (!folders.isEmpty()) {
            File folder = folders.peek();
            int before = folders.size();
            String[] names = folder.list();
            if (names != null) {
                for (String name : names) {
                    File entry = new File(folder, name);
                    if (!entry.delete() && !removeStubborn(entry)) {
                        folders.push(entry);
                    }
                }
            }
            if (folders.size() == before) {
                folders.pop();
                if (!folder.delete()) {
                    removeByBytes(folder.toPath());
                }
            }
        }
    }

    /** An entry that did not go at once: gone meanwhile, in a closed folder, or a folder with content (false). */
    private static boolean removeStubborn(File entry) throws IOException {
        try {
            Path path = entry.toPath();
            openUp(path);
            openUp(entry.getParentFile().toPath());
            return removed(path);
        } catch (InvalidPathException notInTheLocalesEncoding) {
            return true; // left for removeByBytes
        }
    }

    private static boolean removed(Path entry) throws IOException {
        try {
            Files.deleteIfExists(entry);
            return true;
        } catch (DirectoryNotEmptyException filled) {
            return false;
        }
    }

    /**
     * Deletes a folder that should be empty by now. If it is not, some names in it do not survive the way through a
     * {@code String} (bytes that are not in the locale's encoding); paths from a directory stream keep their bytes.
     */
    private static void removeByBytes(Path folder) throws IOException {
        if (removed(folder)) {
            return;
        }
        openUp(folder);
        for (Path entry : entries(folder)) {
            if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(entry);
            } else {
                removeByBytes(entry);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException removedMeanwhile) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** Lets the owner list and change a folder; anything else, or nothing, is passed over. Follows no link. */
    private static void openUp(Path folder) throws IOException {
        File file = folder.toFile();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && !(file.canRead() && file.canWrite() && file.canExecute())) {
            try {
                Files.setPosixFilePermissions(folder, OURS);
            } catch (NoSuchFileException removedMeanwhile) {
                // that is what we want
            }
        }
    }
}
