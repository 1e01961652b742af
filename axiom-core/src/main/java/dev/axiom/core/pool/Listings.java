package dev.axiom.core.pool;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/**
 * What is in a folder or small file, with the JDK's old classes, which cost a short-lived command half as much as the new
 * ones, but without the trap in {@link File#list()}: a folder that cannot be read is a failure,
 * not an empty one. A pool that took "too many open files" for "nobody holds it" would destroy what is in use.
 */
final class Listings {
    private Listings() {}

    /** @throws NoSuchFileException if the folder is not there */
    static List<String> names(Path folder) throws IOException {
        String[] names = folder.toFile().list();
        if (names != null) {
            return Arrays.asList(names);
        }
        try (var entries = Files.list(folder)) { // tells why
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** As {@link #names}; empty if the folder is not there. */
    static List<String> namesIfAny(Path folder) throws IOException {
        try {
            return names(folder);
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    /** The content of a small file. */
    static byte[] content(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        } catch (FileNotFoundException unreadable) {
            return Files.readAllBytes(file); // tells why
        }
    }

    /** Whether a file is there. */
    static boolean exists(Path file) throws IOException {
        if (file.toFile().exists()) {
            return true;
        }
        try {
            Files.readAttributes(file, BasicFileAttributes.class); // tells why
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }
}
