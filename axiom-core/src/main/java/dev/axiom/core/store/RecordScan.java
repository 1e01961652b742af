package dev.axiom.core.store;

import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the folders of records, and fails closed: what is there and cannot be understood stops the reader, because it
 * may have kept packages alive. Only what disappears while it looks (a record that was removed or changed its state) is
 * looked for again. {@link #passingOver} is for those who take nothing away from what they do not see.
 */
final class RecordScan {
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int UUID_LENGTH = 36;

    private final StoreLayout layout;
    private final Consumer<AxiomException> trouble;

    RecordScan(StoreLayout layout) {
        this(layout, Damage.STOP);
    }

    private RecordScan(StoreLayout layout, Consumer<AxiomException> trouble) {
        this.layout = layout;
        this.trouble = trouble;
    }

    /** A scan whose lists lack what it cannot understand; {@code trouble} is told of that. */
    RecordScan passingOver(Consumer<AxiomException> trouble) {
        return new RecordScan(layout, trouble);
    }

    List<Root> roots() {
        List<Root> roots = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            for (String owner : kind.hasGenerations() ? owners(kind) : List.of("")) {
                roots.addAll(roots(kind, owner));
            }
        }
        return roots;
    }

    /** One folder as it was at one time: if a record goes while it is read, the folder is read again. */
    private List<Root> roots(RecordKind kind, String owner) {
        return Rereading.of(name(kind, owner), () -> rootsAtOnce(kind, owner));
    }

    private Optional<List<Root>> rootsAtOnce(RecordKind kind, String owner) {
        List<Root> roots = new ArrayList<>();
        for (RecordFile file : list(kind, owner)) {
            try {
                Optional<Root> root = read(file);
                if (root.isEmpty()) {
                    return Optional.empty();
                }
                roots.add(root.get());
            } catch (AxiomException e) {
                trouble.accept(Damage.only(e));
            }
        }
        return Optional.of(roots);
    }

    private String name(RecordKind kind, String owner) {
        return layout.recordFolder(kind, owner).toString();
    }

    List<RecordFile> list(RecordKind kind) {
        if (!kind.hasGenerations()) {
            return list(kind, "");
        }
        return owners(kind).stream()
                .flatMap(owner -> list(kind, owner).stream())
                .toList();
    }

    List<RecordFile> list(RecordKind kind, String owner) {
        List<RecordFile> records = new ArrayList<>();
        for (Path file : children(layout.recordFolder(kind, owner))) {
            if (!isDraft(file)) {
                RecordFile.parse(kind, owner, file)
                        .ifPresentOrElse(
                                records::add,
                                () -> trouble.accept(corrupt(file, "Axiom puts no file of this name here")));
            }
        }
        records.sort(Comparator.comparing(RecordFile::key));
        return records;
    }

    /** The profiles or environments that have a folder. */
    List<String> owners(RecordKind kind) {
        List<String> owners = new ArrayList<>();
        for (Path folder : children(layout.kindFolder(kind))) {
            try {
                String name = folder.getFileName().toString();
                if (!OWNER.matcher(name).matches()) {
                    throw corrupt(folder, "Axiom puts nothing of this name here");
                }
                if (!isMissing(folder)) { // else it was removed since it was listed
                    owners.add(name);
                }
            } catch (AxiomException e) {
                trouble.accept(e);
            }
        }
        return owners;
    }

    Optional<RecordFile> find(RecordKey key) {
        return list(key.kind(), key.owner()).stream()
                .filter(record -> record.key().equals(key))
                .findFirst();
    }

    /** The record with its packages; empty if the file is no longer there. */
    Optional<Root> read(RecordFile record) {
        return source(record)
                .map(source -> new Root(
                        record.key(), record.state(), record.path(), RecordDocument.packages(record.key(), source)));
    }

    /** The document of a record in any state, which may change while it is looked for; empty if there is none. */
    Optional<Source> document(RecordKey key) {
        return Rereading.of(name(key.kind(), key.owner()), () -> {
            Optional<RecordFile> file = find(key);
            Optional<Source> source = file.flatMap(this::source);
            return file.isEmpty() || source.isPresent() ? Optional.of(source) : Optional.empty();
        });
    }

    /** The record's document; empty if the file is no longer there. */
    Optional<Source> source(RecordFile record) {
        Path file = record.path();
        try {
            FileSteps.next(Step.READ, file);
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw corrupt(file, "it is not a regular file");
            }
            return Optional.of(Source.storeFile(file));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw unreadable(file, "it cannot be read: ", e);
        }
    }

    /** Drafts of records, finished or left over. */
    List<Path> drafts() {
        List<Path> drafts = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            List<String> owners = kind.hasGenerations() ? owners(kind) : List.of("");
            for (String owner : owners) {
                drafts.addAll(draftsIn(layout.recordFolder(kind, owner)));
                if (kind.hasGenerations()) {
                    drafts.addAll(draftsIn(layout.owner(kind, owner)));
                }
            }
        }
        return drafts;
    }

    private List<Path> draftsIn(Path folder) {
        return children(folder).stream().filter(RecordScan::isDraft).toList();
    }

    private static boolean isDraft(Path file) {
        return file.getFileName().toString().startsWith(StoreLayout.DRAFT);
    }

    /** The lease id in a draft's name; see {@link StoreLayout#draft}. */
    static String ownerOfDraft(Path draft) {
        String rest = draft.getFileName().toString().substring(StoreLayout.DRAFT.length());
        return rest.length() < UUID_LENGTH ? rest : rest.substring(0, UUID_LENGTH);
    }

    /**
     * What is in a folder; nothing if there is none. A link in its place is damage, wherever it leads: Axiom makes none
     * there, and one that leads nowhere would look like a folder that nobody has made yet.
     */
    private List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        try {
            FileSteps.next(Step.LIST, folder);
            if (isMissing(folder)) {
                return List.of();
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            }
            return children;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (AxiomException e) {
            trouble.accept(e);
        } catch (DirectoryIteratorException | IOException e) {
            trouble.accept(unreadable(folder, "it cannot be listed: ", e));
        }
        return List.of();
    }

    private boolean isMissing(Path folder) {
        try {
            if (!Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw corrupt(folder, "it is not a folder");
            }
            return false;
        } catch (NoSuchFileException none) {
            if (!folder.equals(layout.state())) {
                isMissing(layout.state());
            }
            return true;
        } catch (IOException e) {
            throw unreadable(folder, "it cannot be looked at: ", e);
        }
    }

    /** Counts as damaged, too; but who may not read it must not move it away. */
    private static AxiomException unreadable(Path where, String what, Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? e.getCause() : e;
        return cause instanceof AccessDeniedException
                ? new AxiomException(
                        ErrorCode.CORRUPT, where + ": " + what + "permission denied", AxiomException.ASK_THE_OWNER, e)
                : corrupt(where, what + e.getMessage());
    }

    static AxiomException corrupt(Path where, String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                where + ": " + reason,
                "it may keep packages alive, so nothing was removed; repair it or move it away",
                null);
    }
}
