package dev.axiom.gc.schedule;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What is in a folder, in memory, to be made again where nothing is. Modes and times are not kept. */
final class FolderImage {
    private final List<Entry> entries = new ArrayList<>();

    private interface Entry {
        void make() throws IOException;
    }

    private FolderImage() {}

    static FolderImage of(Path top) throws IOException {
        FolderImage image = new FolderImage();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                image.entries.add(() -> Files.createDirectory(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                image.entries.add(attributes.isSymbolicLink() ? link(file) : file(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return image;
    }

    private static Entry link(Path file) throws IOException {
        Path target = Files.readSymbolicLink(file);
        return () -> Files.createSymbolicLink(file, target);
    }

    private static Entry file(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return () -> Files.write(file, bytes);
    }

    /** Makes the folder and all that was in it; the folder must not be there. */
    void make() throws IOException {
        for (Entry entry : entries) {
            entry.make();
        }
    }
}
