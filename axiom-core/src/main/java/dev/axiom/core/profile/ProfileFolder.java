package dev.axiom.core.profile;

import dev.axiom.core.format.ProfileSpecCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.GenerationFiles;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StateFile;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of one profile other than its records: {@code profile.yaml}, the pointer {@code profile.lock.yaml}, and the
 * last number given to a generation. Each is replaced whole, so reading needs no lock. Locking: writers hold the
 * profile's lock exclusively.
 */
final class ProfileFolder {
    private static final Pattern TARGET = Pattern.compile("generations/([1-9][0-9]{0,8})\\.lock\\.yaml");

    private final StoreLayout layout;
    private final Records records;
    private final ProfileName name;
    private final GenerationFiles files;

    ProfileFolder(StoreLayout layout, Records records, ProfileName name) {
        this.layout = layout;
        this.records = records;
        this.name = name;
        this.files = new GenerationFiles(layout.profilePointer(name), TARGET, null);
    }

    /** @throws AxiomException {@code UNAVAILABLE} if that cannot be told: who took that for "no" would make it anew */
    boolean exists() {
        return StateFile.exists(layout.profileSpec(name));
    }

    /**
     * Whether nobody has deleted it, and yet {@code profile.yaml} is not there. Asked twice, because it may be deleted or
     * made meanwhile.
     */
    boolean isLost() {
        boolean before = hasOnlyRecords();
        return before && hasOnlyRecords();
    }

    private boolean hasOnlyRecords() {
        return !exists() && !records.list(RecordKind.PROFILE, name.value()).isEmpty() && !isForgotten() && !exists();
    }

    /** @throws AxiomException {@code NOT_FOUND} if there is no such profile, nor anything lost */
    void requireAny() {
        if (!isLost()) {
            require();
        }
    }

    /** @throws AxiomException {@code CORRUPT} if {@link #isLost} */
    void requireNotLost() {
        if (isLost()) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    "profile '" + name + "' has lost its file " + layout.profileSpec(name)
                            + ", but its generations are there, and keep their packages",
                    "put the file back, or give the profile up: axiom profile delete " + name,
                    null);
        }
    }

    /** @throws AxiomException {@code NOT_FOUND} if there is no such profile; {@code CORRUPT} if {@link #isLost} */
    void require() {
        if (!exists()) {
            requireNotLost();
            throw new AxiomException(
                    ErrorCode.NOT_FOUND,
                    "there is no profile '" + name + "'",
                    "axiom profile list, or axiom profile create " + name,
                    null);
        }
    }

    /**
     * What the profile wants.
     *
     * @throws AxiomException {@code NOT_FOUND}, {@code CORRUPT} as {@link #require}; {@code INVALID} if a person broke the file, or
     *     it is a copy of another profile's
     */
    ProfileSpec spec() {
        return ProfileSpecCodec.read(source(), name);
    }

    /** The file's text, for {@link ProfileSpecCodec}. @throws AxiomException as {@link #require} */
    Source source() {
        return Source.userFile(toRead());
    }

    /** The file as it is, valid or not, and however long. @throws AxiomException {@code NOT_FOUND} if there is no such profile */
    String text() {
        Path file = toRead();
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw AxiomException.io("read " + file, e);
        }
    }

    /** The file, which is read next. */
    private Path toRead() {
        require();
        Path file = layout.profileSpec(name);
        try {
            FileSteps.next(Step.READ, file);
            return file;
        } catch (IOException e) {
            throw AxiomException.io("read " + file, e);
        }
    }

    void write(Lease lease, ProfileSpec spec) {
        write(lease, ProfileSpecCodec.write(spec));
    }

    /** Replaces the file by a text that is a valid profile of this name. */
    void write(Lease lease, String text) {
        Path file = layout.profileSpec(name);
        try {
            DurableFile.makeFolders(layout.profileFolder(name));
            DurableFile.write(file, text, StoreLayout.draft(file, lease));
        } catch (IOException e) {
            throw AxiomException.io("write " + file, e);
        }
    }

    /** Makes durable that the file is there as it is; see {@link GenerationFiles#sync}. */
    void syncSpec() {
        Path file = layout.profileSpec(name);
        try {
            DurableFile.syncName(file);
        } catch (IOException e) {
            throw AxiomException.io("make " + file + " durable", e);
        }
    }

    /** Which generation is current; empty if none was resolved yet. @throws AxiomException {@code CORRUPT} */
    Optional<Integer> current() {
        return files.current();
    }

    void point(Lease lease, int generation) {
        files.point(lease, Path.of("generations/" + generation + ".lock.yaml"));
    }

    /** See {@link GenerationFiles#sync}. */
    void sync() {
        files.sync();
    }

    /** Removes the pointer, durably. */
    void unpoint() {
        files.unpoint();
    }

    /** See {@link GenerationFiles#requireGiven}. */
    void requireGiven(List<RecordFile> records) {
        files.requireGiven(records);
    }

    /** What {@link #nextNumber} would give now. */
    int expectedNumber(int highestPresent) {
        return files.expectedNumber(highestPresent);
    }

    /** A number above all that were ever given, so that a number never means two things. Notes it durably. */
    int nextNumber(Lease lease, int highestPresent) {
        return files.nextNumber(lease, highestPresent);
    }

    /** Whether its deletion was decided, and perhaps cut short. */
    boolean isForgotten() {
        return StateFile.exists(layout.profileTombstone(name));
    }

    /** Removes what makes it a profile; its records went before, and the tombstone goes after all that it speaks for. */
    void delete() {
        try {
            DurableFile.discard(layout.profilePointer(name));
            files.discard();
            DurableFile.discard(layout.profileTombstone(name));
            files.discardFolder();
        } catch (IOException e) {
            throw AxiomException.io("remove " + layout.profileFolder(name), e);
        }
    }

    /** From here on there is no such profile; what is left of it is cleaned up by the next start. */
    void forget(Lease lease) {
        Path tombstone = layout.profileTombstone(name);
        try {
            if (exists()) {
                DurableFile.move(layout.profileSpec(name), tombstone);
            } else {
                DurableFile.write(tombstone, "", StoreLayout.draft(tombstone, lease));
            }
        } catch (IOException e) {
            throw AxiomException.io("remove " + layout.profileSpec(name), e);
        }
    }

    /** For who asks for a generation that there is not. */
    AxiomException noGeneration(int number) {
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "profile '" + name + "' has no generation " + number,
                "axiom profile history " + name,
                null);
    }

    RecordKey key(int generation) {
        return new RecordKey(RecordKind.PROFILE, name.value(), generation);
    }

    static boolean isReady(RecordFile record) {
        return record.state() == RecordFile.State.READY;
    }
}
