package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.pool.Lease;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the generations of one profile or environment share besides their records: the pointer to the current one, and,
 * beside it, the last number that was given. Each is replaced whole, so reading needs no lock. Locking: writers hold the
 * owner's lock exclusively.
 */
public final class GenerationFiles {
    private static final String LAST = "last-generation";

    private final Path pointer;
    private final Pattern target;
    private final @Nullable String cure;

    /**
     * @param pointer the symbolic link
     * @param target where it may lead; its first group is the generation's number
     * @param cure what to do if one of the files is damaged; null if there is nothing to say
     */
    public GenerationFiles(Path pointer, Pattern target, @Nullable String cure) {
        this.pointer = pointer;
        this.target = target;
        this.cure = cure;
    }

    /**
     * Which generation the pointer names; empty if there is no pointer.
     *
     * @throws AxiomException {@code CORRUPT} if it is something else
     */
    public Optional<Integer> current() {
        try {
            FileSteps.next(Step.READ, pointer);
            Path to = Files.readSymbolicLink(pointer);
            Matcher matcher = target.matcher(to.toString());
            if (matcher.matches()) {
                return Optional.of(Integer.valueOf(matcher.group(1)));
            }
            throw corrupt(pointer, "it points to " + to);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NotLinkException e) {
            throw corrupt(pointer, "it is not a link to a generation");
        } catch (IOException e) {
            throw unreadable(pointer, e);
        }
    }

    /** Switches the pointer in one step, durably. */
    public void point(Lease lease, Path to) {
        try {
            DurableFile.link(pointer, to, StoreLayout.draft(pointer, lease));
        } catch (IOException e) {
            throw AxiomException.io("switch " + pointer, e);
        }
    }

    /**
     * Makes durable which records there are and where the pointer leads. For who relies on what another process has written
     * and then says that it is done: that process may have died before it came to it.
     */
    public void sync() {
        try {
            DurableFile.syncNames(pointer.resolveSibling(StoreLayout.GENERATIONS));
            DurableFile.syncName(pointer);
        } catch (IOException e) {
            throw AxiomException.io("make " + pointer + " durable", e);
        }
    }

    /** Removes the pointer, durably. */
    public void unpoint() {
        try {
            DurableFile.delete(pointer);
        } catch (IOException e) {
            throw AxiomException.io("remove " + pointer, e);
        }
    }

    /** What {@link #nextNumber} would give now. */
    public int expectedNumber(int highestPresent) {
        return Math.max(highestPresent, read(last())) + 1;
    }

    /** A number above all that were ever given, so that a number never means two things. Notes it durably. */
    public int nextNumber(Lease lease, int highestPresent) {
        Path file = last();
        int next = expectedNumber(highestPresent);
        try {
            DurableFile.write(file, next + "\n", StoreLayout.draft(file, lease));
        } catch (IOException e) {
            throw AxiomException.io("write " + file, e);
        }
        return next;
    }

    /**
     * Refuses records with a number that was never given: a copy that somebody made, say. Taken for the newest
     * generation, it would push another one out of those that are kept.
     *
     * @param records those that were found before this call
     * @throws AxiomException {@code CORRUPT}, naming the first that is so
     */
    public void requireGiven(List<RecordFile> records) {
        int last = read(last());
        for (RecordFile record : records) {
            if (last > 0 && record.key().generation() > last) {
                throw corrupt(record.path(), "the last generation was " + last + ", so Axiom has not made this one");
            }
        }
    }

    private int read(Path file) {
        try {
            FileSteps.next(Step.READ, file);
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException none) {
            return 0;
        } catch (CharacterCodingException | NumberFormatException e) {
            throw corrupt(file, "it holds no number");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Deletes the number and the folder of the records, when all of these are gone, and the drafts that dead processes left.
     * Locking: the owner's, exclusive: so no living process has a draft here.
     */
    public void discard() throws IOException {
        Path records = pointer.resolveSibling(StoreLayout.GENERATIONS);
        discardDrafts(records);
        discardDrafts(pointer.resolveSibling(""));
        DurableFile.discard(last());
        discardIfEmpty(records);
    }

    /** Deletes the owner's folder, when all that Axiom has put there is gone. */
    public void discardFolder() throws IOException {
        discardIfEmpty(pointer.resolveSibling(""));
    }

    private static void discardIfEmpty(Path folder) throws IOException {
        try {
            DurableFile.discard(folder);
        } catch (DirectoryNotEmptyException leftOver) {
            // something that Axiom has not made; without generations it is no profile and no environment
        }
    }

    private static void discardDrafts(Path folder) throws IOException {
        FileSteps.next(Step.LIST, folder);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, StoreLayout.DRAFT + "*")) {
            for (Path draft : drafts) {
                discardIfEmpty(draft);
            }
        } catch (NoSuchFileException none) {
            // the folder was never made
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path last() {
        return pointer.resolveSibling(LAST);
    }

    /** Counts as damaged, as every file of the store that cannot be read; but deleting it would be no cure. */
    private static AxiomException unreadable(Path file, IOException cause) {
        String reason = AxiomException.io("read " + file, cause).getMessage();
        return new AxiomException(ErrorCode.CORRUPT, String.valueOf(reason), null, cause);
    }

    private AxiomException corrupt(Path file, String reason) {
        return new AxiomException(ErrorCode.CORRUPT, file + ": " + reason, cure, null);
    }
}
