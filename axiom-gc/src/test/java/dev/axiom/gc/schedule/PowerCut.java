package dev.axiom.gc.schedule;

import dev.axiom.core.os.FileSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * What a power cut takes: file operations whose folder was not made durable since, from the latest back to one that is
 * chosen by chance. Contents of files are durable with the step that writes them, and the pool with each of its calls.
 */
final class PowerCut {
    private final List<Undo> volatileOnes = new ArrayList<>();

    private record Undo(Path folder, Runnable work) {}

    private interface DiskWork {
        void run() throws IOException;
    }

    /** A step is next; notes how it would be undone. */
    void before(FileSteps.Step step, Path path, Path target) {
        switch (step) {
            case WRITE, LINK -> note(path, () -> Files.deleteIfExists(path));
            case DELETE -> note(path, restore(path));
            case MOVE -> {
                DiskWork old = restore(target);
                note(target, () -> {
                    Files.move(target, path);
                    old.run();
                });
            }
            case SYNC -> volatileOnes.removeIf(undo -> undo.folder().equals(path.normalize()));
            default -> {
                // changes no file
            }
        }
    }

    private void note(Path path, DiskWork work) {
        volatileOnes.add(new Undo(folder(path), () -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static Path folder(Path path) {
        return Objects.requireNonNull(path.getParent()).normalize();
    }

    /** Makes a file as it is now. */
    private static DiskWork restore(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                Path to = Files.readSymbolicLink(path);
                return () -> Files.createSymbolicLink(path, to);
            }
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = Files.readAllBytes(path);
                return () -> Files.write(path, bytes);
            }
            return Files.isDirectory(path) ? () -> Files.createDirectories(path) : () -> {};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The power goes; returns how many operations were lost. */
    int strike(Random random) {
        int lost = random.nextInt(volatileOnes.size() + 1);
        List<Undo> suffix = new ArrayList<>(volatileOnes.subList(volatileOnes.size() - lost, volatileOnes.size()));
        Collections.reverse(suffix);
        suffix.forEach(undo -> undo.work().run());
        return lost;
    }
}
