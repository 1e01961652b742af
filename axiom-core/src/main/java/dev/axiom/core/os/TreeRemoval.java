package dev.axiom.core.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Deletes a folder with all that is in it, with as few system calls as the JDK allows: one remove an entry, one listing
 * a folder. Links are removed, never followed. Others may delete the same tree at the same time.
 */
public final class TreeRemoval {
    private TreeRemoval() {}

    /**
     * Deletes the tree; nothing there is success. Folders that are read-only are made writable on the way.
     *
     * @throws IOException naming the first entry that could not be deleted; what was deleted before stays so
     */
    public static void delete(Path tree) throws IOException {
        Deque<File> folders = new ArrayDeque<>(); // deepest last: an explicit stack, for depth is not ours to choose
        if (!remove(tree.toFile())) {
            folders.push(tree.toFile());
        }
        while (!folders.isEmpty()) {
            File folder = folders.peek();
            int before = folders.size();
            String[] names = folder.list();
            if (names != null) {
                for (String name : names) {
                    File entry = new File(folder, name);
                    if (!entry.delete() && !removeStubborn(entry, folder)) {
                        folders.push(entry);
                    }
                }
            }
            if (folders.size() == before) {
                folders.pop();
                if (!folder.delete()) {
                    removeEmptied(folder);
                }
            }
        }
    }

    private static boolean remove(File file) throws IOException {
        return file.delete() || removeStubborn(file, file.getParentFile());
    }

    /** An entry that did not go at once: gone meanwhile, a folder with content (false), or in a read-only folder. */
    private static boolean removeStubborn(File entry, File parent) throws IOException {
        if (Files.isDirectory(entry.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            makeWritable(entry);
            String[] content = entry.list();
            if (content != null && content.length > 0) {
                return false;
            }
        }
        makeWritable(parent);
        try {
            Files.deleteIfExists(entry.toPath());
            return true;
        } catch (DirectoryNotEmptyException filledMeanwhile) {
            return false;
        }
    }

    private static void removeEmptied(File folder) throws IOException {
        makeWritable(folder.getParentFile());
        Files.deleteIfExists(folder.toPath());
    }

    private static void makeWritable(File folder) throws IOException {
        if (!folder.canWrite() && folder.exists() && !folder.setWritable(true)) {
            throw new NoSuchFileException(folder.getPath(), null, "cannot be made writable");
        }
    }
}
