package dev.axiom.core.os;

import dev.axiom.core.os.FileSteps.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Replaces small files whole: a draft beside it, fsync, rename, fsync of the folder. A reader sees the old text or the
 * new one, after a power cut too (see rename(2), and "Files are hard" by Dan Luu for why each step is needed). The only
 * class that changes state files; it announces each step to {@link FileSteps}.
 */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Writes the file, replacing one that is there.
     *
     * @param draft a name in the same folder that nobody else uses; gone when this returns
     * @throws IOException if any step fails; the file is then as before or, if only the last step failed, replaced, which a
     *     power cut could undo; the draft is removed if that was possible
     */
    public static void write(Path file, String text, Path draft) throws IOException {
        try {
            FileSteps.next(Step.WRITE, draft);
            Files.write(
                    draft,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            Posix.sync(draft);
            move(draft, file);
        } catch (IOException e) {
            discard(draft);
            throw e;
        }
    }

    /** Renames within one folder, replacing what is there, and makes the new name durable. */
    public static void move(Path from, Path to) throws IOException {
        FileSteps.move(from, to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncName(to);
    }

    /** Deletes a file, durably; nothing there is success. */
    public static void delete(Path file) throws IOException {
        if (discard(file)) {
            syncName(file);
        }
    }

    /** Makes durable what this file is called, or that there is none, and the same for all others in its folder. */
    public static void syncName(Path file) throws IOException {
        syncNames(file.resolveSibling(""));
    }

    /** Makes durable what the files in this folder are called. */
    public static void syncNames(Path folder) throws IOException {
        FileSteps.next(Step.SYNC, folder);
        Posix.sync(folder);
    }

    /**
     * Deletes a file or an empty folder; after a power cut it may be there again.
     *
     * @return false if there was none
     */
    public static boolean discard(Path file) throws IOException {
        FileSteps.next(Step.DELETE, file);
        return Files.deleteIfExists(file);
    }

    /**
     * Whether there is something of this name, be it a link to nothing.
     *
     * @throws IOException if that cannot be told; never taken for "no", as {@link Files#exists} does
     */
    public static boolean exists(Path file) throws IOException {
        FileSteps.next(Step.READ, file);
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** Makes a folder, with those above it, durably; one that is there is success. */
    public static void makeFolders(Path folder) throws IOException {
        FileSteps.next(Step.FOLDER, folder);
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        Files.createDirectories(folder);
        for (Path made : missing) {
            syncName(made);
        }
    }

    /**
     * Points a symbolic link somewhere else in one step, durably.
     *
     * @param draft as in {@link #write}
     */
    public static void link(Path link, Path target, Path draft) throws IOException {
        FileSteps.next(Step.LINK, draft);
        Files.createSymbolicLink(draft, target);
        try {
            move(draft, link);
        } catch (IOException e) {
            discard(draft);
            throw e;
        }
    }
}
