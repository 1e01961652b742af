package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One dataset of a {@link DirectoryPool}: a folder with the content, and {@code .pool/} with what the pool knows of it
 * ({@code sealed}, {@code dead-since}, {@code holds/<tag>}). All of it moves with the folder, as holds and properties
 * do on ZFS. Locking: none here; the pool says under which lock each method is called.
 */
record DatasetFolder(DatasetName name, Path path) {
    private static final String PRIVATE = ".pool";
    private static final String SEALED = "sealed";
    private static final String DEAD_SINCE = "dead-since";
    private static final String HOLDS = "holds";

    /** Makes the folder, empty and unsealed. */
    void create() throws IOException {
        Files.createDirectory(path);
        Files.createDirectory(path.resolve(PRIVATE));
    }

    /** Writes the seal and the first hold; both become visible with the folder's final name. */
    void seal(SealFile.Content content, HoldTag tag) throws IOException {
        Files.write(path.resolve(PRIVATE).resolve(SEALED), SealFile.write(content));
        addHold(tag);
    }

    boolean isSealed() {
        return new File(path + "/" + PRIVATE + "/" + SEALED).exists();
    }

    /** What a listing tells; empty if the dataset is gone. One folder listing and one small file to read. */
    Optional<Dataset> read() {
        String[] parts = privateFolder().list();
        if (parts == null) {
            if (!path.toFile().exists()) {
                return Optional.empty();
            }
            throw corrupt("it lacks the folder " + PRIVATE);
        }
        List<String> present = Arrays.asList(parts);
        try {
            if (!present.contains(SEALED)) {
                throw new NoSuchFileException(SEALED);
            }
            Path seal = path.resolve(PRIVATE).resolve(SEALED);
            SealFile.Content content = SealFile.read(seal, Files.readAllBytes(seal));
            Optional<Instant> dead = present.contains(DEAD_SINCE) ? deadSince() : Optional.empty();
            return Optional.of(new Dataset(name, content.properties(), dead, content.bytes()));
        } catch (NoSuchFileException e) {
            if (!path.toFile().exists()) {
                return Optional.empty();
            }
            throw corrupt("it is not sealed");
        } catch (IOException e) {
            throw AxiomException.io("read the dataset " + path, e);
        }
    }

    Optional<Instant> deadSince() throws IOException {
        Path file = path.resolve(PRIVATE).resolve(DEAD_SINCE);
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (NoSuchFileException alive) {
            return Optional.empty();
        } catch (DateTimeException e) {
            throw corrupt(file + " holds no time");
        }
    }

    void markDead(Instant since) throws IOException {
        Path file = path.resolve(PRIVATE).resolve(DEAD_SINCE);
        Path draft = path.resolve(PRIVATE).resolve(DEAD_SINCE + "." + UUID.randomUUID());
        Files.writeString(draft, since + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void clearDead() throws IOException {
        File file = new File(path + "/" + PRIVATE + "/" + DEAD_SINCE);
        if (file.exists()) {
            Files.deleteIfExists(file.toPath());
        }
    }

    /** Adds a hold. Returns whether it is new. */
    boolean addHold(HoldTag tag) throws IOException {
        File folder = holdsFolder();
        if (!folder.exists()) {
            folder.mkdir(); // losing this race is fine
        }
        return new File(folder, tag.value()).createNewFile();
    }

    void removeHold(HoldTag tag) throws IOException {
        File file = new File(holdsFolder(), tag.value());
        if (!file.delete() && file.exists()) {
            Files.delete(file.toPath()); // for its exception
        }
    }

    /** All holds, those of dead leases too. */
    Set<HoldTag> holds() {
        String[] names = holdsFolder().list();
        if (names == null || names.length == 0) {
            return Set.of();
        }
        Set<HoldTag> tags = new TreeSet<>();
        for (String tag : names) {
            tags.add(new HoldTag(tag));
        }
        return tags;
    }

    private File privateFolder() {
        return new File(path + "/" + PRIVATE);
    }

    private File holdsFolder() {
        return new File(path + "/" + PRIVATE + "/" + HOLDS);
    }

    private AxiomException corrupt(String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                "dataset " + path + " is damaged: " + reason,
                "nothing was removed; restore it, or move the folder out of the pool",
                null);
    }
}
