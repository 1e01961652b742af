package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One dataset of a {@link DirectoryPool}: a folder with the content, and {@code .pool/} with what the pool knows of it
 * ({@code sealed}, {@code dead-since.<time>}, {@code holds/<tag>}). All of it moves with the folder, as holds and
 * properties do on ZFS. Marks and holds are empty files whose names say everything: a file system makes and removes a
 * name whole, even in a power cut, where content could be torn. Locking: none here; the pool says under which lock each
 * method is called.
 */
record DatasetFolder(DatasetName name, Path path) {
    static final String PRIVATE = ".pool";
    private static final String SEALED = "sealed";
    private static final String DEAD_SINCE = "dead-since.";
    private static final String HOLDS = "holds";

    /** A reader who meets "destroyed and published again" just now looks once more before calling it damage. */
    private static final int LOOKS = 3;

    /** Makes the folder, empty and unsealed. */
    void create() throws IOException {
        Files.createDirectory(path);
        Files.createDirectory(path.resolve(PRIVATE));
    }

    /** Writes the seal; it becomes visible with the folder's final name. */
    void seal(SealFile.Content content) throws IOException {
        Files.write(sealFile(), SealFile.write(content));
    }

    /** @throws IOException if that cannot be told; never taken for "no" */
    boolean isSealed() throws IOException {
        return Listings.exists(sealFile());
    }

    /**
     * What tells a dataset from another that was published under its name later: the seal's inode, and when that was
     * changed last, for a file system may use an inode's number again.
     */
    record Identity(Object inode, FileTime changed) {}

    /** Empty if there is no sealed dataset. @throws IOException if that cannot be told */
    Optional<Identity> identity() throws IOException {
        try {
            Map<String, Object> seal = Files.readAttributes(sealFile(), "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Identity(
                    Objects.requireNonNull(seal.get("ino")), (FileTime) Objects.requireNonNull(seal.get("ctime"))));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** A dataset as it is found; without the folder for them there are no permanent holds to look for. */
    record Found(Dataset dataset, boolean mayBeHeld) {}

    /** What a listing tells; empty if the dataset is gone. One folder listing and one small file to read. */
    Optional<Dataset> read() {
        return find().map(Found::dataset);
    }

    /** As {@link #read}, with a word on holds. */
    Optional<Found> find() {
        String missing = "";
        for (int look = 0; look < LOOKS; look++) {
            try {
                return Optional.of(readOnce());
            } catch (NoSuchFileException gone) {
                if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                missing = gone.getFile();
            } catch (IOException e) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw corrupt("it is not a folder");
                }
                throw AxiomException.io("read the dataset " + path, e);
            }
        }
        throw corrupt("it lacks " + missing);
    }

    private Found readOnce() throws IOException {
        List<String> present = Listings.names(path.resolve(PRIVATE));
        SealFile.Content content = SealFile.read(sealFile(), Listings.content(sealFile()));
        Dataset dataset = new Dataset(name, content.properties(), deadSince(present), content.bytes());
        return new Found(dataset, present.contains(HOLDS));
    }

    /** The latest, should a crash have left two: a dataset rather stays a little longer. */
    private Optional<Instant> deadSince(List<String> present) {
        try {
            return present.stream()
                    .filter(file -> file.startsWith(DEAD_SINCE))
                    .map(file -> Instant.parse(file.substring(DEAD_SINCE.length())))
                    .max(Instant::compareTo);
        } catch (DateTimeException e) {
            throw corrupt("a file " + PRIVATE + "/" + DEAD_SINCE + "… names no time");
        }
    }

    /** Replaces the mark. A crash in between leaves none, and the next collection marks it again. */
    void markDead(Instant since) throws IOException {
        clearDead();
        Posix.close(Posix.openOrCreate(path.resolve(PRIVATE).resolve(DEAD_SINCE + since)));
    }

    /** Removes the mark; none, or no dataset, is fine. Returns whether there was one. */
    boolean clearDead() throws IOException {
        boolean any = false;
        for (String file : Listings.namesIfAny(path.resolve(PRIVATE))) {
            if (file.startsWith(DEAD_SINCE)) {
                any |= Files.deleteIfExists(path.resolve(PRIVATE).resolve(file));
            }
        }
        return any;
    }

    /** Adds a hold. Returns whether it is new. */
    boolean addHold(HoldTag tag) throws IOException {
        File folder = holdsFolder().toFile();
        if (!folder.exists()) {
            folder.mkdir(); // losing this race is fine, and any other failure shows in the next line
        }
        return new File(folder, tag.value()).createNewFile();
    }

    void removeHold(HoldTag tag) throws IOException {
        File file = holdsFolder().resolve(tag.value()).toFile();
        if (!file.delete()) {
            Files.deleteIfExists(file.toPath()); // for its exception
        }
    }

    /**
     * The permanent holds.
     *
     * @throws IOException if they cannot be read: that is never taken for "not held"
     */
    Set<HoldTag> holds() throws IOException {
        Set<HoldTag> tags = new TreeSet<>();
        for (String tag : Listings.namesIfAny(holdsFolder())) {
            try {
                tags.add(new HoldTag(tag));
            } catch (AxiomException foreign) {
                throw corrupt("the hold '" + tag + "' is none of Axiom's");
            }
        }
        return tags;
    }

    private Path sealFile() {
        return path.resolve(PRIVATE).resolve(SEALED);
    }

    private Path holdsFolder() {
        return path.resolve(PRIVATE).resolve(HOLDS);
    }

    private AxiomException corrupt(String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                "dataset " + path + " is damaged: " + reason,
                "nothing was removed; restore it, or move it out of the pool",
                null);
    }
}
