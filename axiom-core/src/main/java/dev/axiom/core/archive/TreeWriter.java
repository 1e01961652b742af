package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.OpenFile;
import dev.axiom.core.os.PosixException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree below {@code <target>/root}, entry by entry as a source brings them, and digests files on the way.
 *
 * <p>The target must be a folder that nobody else writes to. It then suffices to know every entry made so far: a parent
 * that is not a folder made here is refused before any system call, so no path ever passes through a link. All calls are
 * relative to the open root, never follow a last link, and never replace what exists.
 *
 * <p>Files get their sealed mode when they are made; folders stay writable until {@link TreeFinish}. After a failure
 * the target holds a part of the tree; the caller deletes it.
 */
final class TreeWriter implements AutoCloseable {
    private static final int OPEN_FOLDER = 0700;

    private final String source;
    private final UnpackOptions options;
    private final EntryName names;
    private final Folder root;
    private final Map<String, TreeEntry> entries = new HashMap<>();
    private final Map<String, Instant> folderTimes = new HashMap<>();
    private final Map<String, byte[]> documents = new HashMap<>();
    private final Workspace workspace = Workspace.ofThread();
    private long bytes;
    private @Nullable String current;

    /** @throws AxiomException {@code UNAVAILABLE} if {@code <target>/root} cannot be made */
    TreeWriter(String source, Path target, UnpackOptions options) {
        this.source = source;
        this.options = options;
        this.names = new EntryName(source, options);
        Path path = target.resolve(TreeFinish.ROOT);
        try (Folder parent = Folder.open(target)) {
            parent.makeFolder(TreeFinish.ROOT, OPEN_FOLDER);
            this.root = parent.folder(TreeFinish.ROOT);
        } catch (PosixException e) {
            throw AxiomException.io("make " + path, e);
        }
    }

    /** Notes which entry is being read, for what may be wrong with it or behind it. */
    void at(String name) {
        current = name;
    }

    /** Where the source is being read: {@code ", at 'bin/a'"}; empty before the first entry. */
    String where() {
        return current == null ? "" : ", at '" + Vis.readable(current) + "'";
    }

    /** Makes a folder; the same one twice is fine, and the later mode and time count. */
    void folder(String name, int mode, @Nullable Instant modified) {
        String path = names.path(name);
        if (path == null) {
            return;
        }
        int permissions = permissions(name, mode);
        TreeEntry old = entries.get(path);
        if (old == null) {
            makeParents(name, path);
            makeFolder(name, path);
        } else if (!old.isFolder()) {
            throw refuse(name, "is a folder, but there is a " + kind(old) + " of the same name before it");
        }
        entries.put(path, TreeEntry.folder(path, permissions));
        if (modified != null) {
            folderTimes.put(path, modified);
        }
    }

    /**
     * Makes a file.
     *
     * @param size how long it must be
     * @throws IOException if its content cannot be read
     */
    void file(String name, int mode, Instant modified, long size, Content content) throws IOException {
        String path = newPath(name);
        int permissions = permissions(name, mode);
        if (size > options.limits().bytes() - bytes) {
            throw tooMuch(options.limits().bytes() + " bytes", name);
        }
        bytes += size;
        int sealed = permissions & ~ReadOnlyTree.WRITE_BITS;
        String sha256;
        try (OpenFile file = create(path, sealed)) {
            sha256 = copy(name, path, size, content, file);
            finish(path, file, sealed, modified);
        }
        add(name, TreeEntry.file(path, permissions, size, sha256));
    }

    private OpenFile create(String path, int mode) {
        try {
            return root.createNew(path, mode & 0777);
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
    }

    private String copy(String name, String path, long size, Content content, OpenFile to) throws IOException {
        ByteArrayOutputStream document = Metadata.NAMES.contains(path) ? new ByteArrayOutputStream() : null;
        workspace.sha256.reset();
        long done = 0;
        while (true) {
            int length = content.fill(workspace);
            if (length == 0) {
                break;
            }
            done += length;
            if (done > size) {
                throw refuse(name, "is longer than the " + size + " bytes announced");
            }
            workspace.sha256.update(workspace.bytes, 0, length);
            write(path, to, length);
            if (document != null && document.size() <= Metadata.LIMIT) {
                document.write(workspace.bytes, 0, length);
            }
        }
        if (done != size) {
            throw refuse(name, "is cut off: " + done + " of " + size + " bytes");
        }
        if (document != null) {
            documents.put(path, document.toByteArray());
        }
        return workspace.hexDigest();
    }

    private void write(String path, OpenFile to, int length) {
        Interruption.check();
        try {
            to.write(workspace.memory, length);
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
    }

    private void finish(String path, OpenFile file, int mode, Instant modified) {
        try {
            if (SpecialModes.areIn(mode) || (mode & Umask.ofProcess()) != 0) {
                file.setMode(mode);
            }
            file.setModified(modified);
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
    }

    /** Makes a symbolic link. Where it leads to is checked at the end, when the tree is known. */
    void link(String name, String target, Instant modified) {
        String path = newPath(name);
        if (target.isEmpty()
                || target.indexOf('\0') >= 0
                || target.length() > options.limits().pathBytes()) {
            throw refuse(name, "is a link with an empty or impossible target");
        }
        try {
            root.makeLink(path, target);
            root.setModified(path, modified);
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
        add(name, TreeEntry.link(path, target));
    }

    /** Gives a file or symbolic link that was made before another name. */
    void hardLink(String name, String existingName) {
        String path = newPath(name);
        TreeEntry original = written(existingName);
        if (original == null || original.isFolder()) {
            throw refuse(
                    name,
                    "is a hard link to '" + Vis.readable(existingName) + "', which is no file that came before it");
        }
        try {
            root.makeHardLink(path, original.path());
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
        bytes += original.size();
        add(name, original.at(path));
    }

    /** What was written under a name, if that is a name at all: it is an entry's target, and not what the entry is called. */
    private @Nullable TreeEntry written(String name) {
        try {
            String path = names.path(name);
            return path == null ? null : entries.get(path);
        } catch (EntryRefusedException unsafe) {
            return null;
        }
    }

    /** Refuses an entry, in the name of its source. */
    EntryRefusedException refuse(String name, String reason) {
        return names.refuse(name, reason);
    }

    /** Arranges, checks and seals the tree; nothing can be written afterwards. */
    Unpacked finish(@Nullable String sourceSha256) {
        TreeFinish finish = new TreeFinish(source, root, entries, folderTimes);
        Metadata metadata = finish.arrange(documents);
        return new Unpacked(finish.seal(), metadata, sourceSha256);
    }

    private String newPath(String name) {
        String path = names.path(name);
        if (path == null) {
            throw new EntryRefusedException(source, name, "has no name left after stripping", "use a smaller --strip");
        }
        TreeEntry old = entries.get(path);
        if (old != null) {
            throw refuse(name, "is there twice: a " + kind(old) + " of the same name came before it");
        }
        makeParents(name, path);
        return path;
    }

    private void makeParents(String name, String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return;
        }
        String parent = path.substring(0, slash);
        TreeEntry existing = entries.get(parent);
        if (existing == null) {
            makeParents(name, parent);
            makeFolder(name, parent);
            entries.put(parent, TreeEntry.folder(parent, 0755));
        } else if (!existing.isFolder()) {
            throw refuse(name, "passes through '" + Vis.readable(parent) + "', which is a " + kind(existing));
        }
    }

    private void makeFolder(String name, String path) {
        checkCount(name);
        try {
            root.makeFolder(path, OPEN_FOLDER);
        } catch (PosixException e) {
            throw writeFailure(path, e);
        }
    }

    private void add(String name, TreeEntry entry) {
        Interruption.check();
        checkCount(name);
        entries.put(entry.path(), entry);
    }

    private void checkCount(String name) {
        if (entries.size() >= options.limits().entries()) {
            throw tooMuch(options.limits().entries() + " entries", name);
        }
    }

    private int permissions(String name, int mode) {
        if (SpecialModes.areIn(mode) && !options.allowSpecialModes()) {
            throw new EntryRefusedException(
                    source, name, SpecialModes.refusal(mode), "allow it with --allow-set-id if you trust the source");
        }
        return mode & 07777;
    }

    private static String kind(TreeEntry entry) {
        return switch (entry.type()) {
            case FILE -> "file";
            case FOLDER -> "folder";
            case LINK -> "symbolic link";
        };
    }

    private AxiomException tooMuch(String limit, String name) {
        at(name);
        return new AxiomException(ErrorCode.INVALID, source + ": it has more than the limit of " + limit + where());
    }

    private AxiomException writeFailure(String path, PosixException cause) {
        return AxiomException.io("write " + root.about(path), cause);
    }

    /** Closes the root. */
    @Override
    public void close() {
        root.close();
    }
}
