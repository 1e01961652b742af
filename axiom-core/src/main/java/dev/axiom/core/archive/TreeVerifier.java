package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.FileStatus;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.Name;
import dev.axiom.core.os.OpenFile;
import dev.axiom.core.os.PosixException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares a sealed tree to its listing: content, modes (without write bits), types, link targets; what is missing and
 * what was added. Changes nothing.
 */
public final class TreeVerifier {
    /** The path of a difference of the top folder itself. */
    public static final String TOP = ".";

    private final Map<String, TreeEntry> expected = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Workspace workspace = Workspace.ofThread();
    private @Nullable PosixException refused;

    private TreeVerifier(TreeListing listing) {
        listing.entries().forEach(entry -> expected.put(entry.path(), entry));
    }

    /**
     * Looks at every entry. What this user may not read is no difference: its owner may find it whole.
     *
     * @param root the folder that the listing is of
     * @return the differences, ordered by path; empty if all is well
     * @throws AxiomException {@code UNAVAILABLE} if the top folder cannot be read, or if nothing differs and this user may
     *     not read all of it
     */
    public static List<Difference> verify(Path root, TreeListing listing) {
        TreeVerifier verifier = new TreeVerifier(listing);
        try (Folder folder = Folder.open(root)) {
            verifier.checkTop(folder.status());
            verifier.walk(folder, "");
            verifier.expected.keySet().forEach(path -> verifier.add(path, Difference.Kind.MISSING, "it is gone"));
            verifier.requireAnAnswer();
        } catch (PosixException e) {
            throw AxiomException.io("verify " + root, e);
        }
        verifier.differences.sort(Comparator.comparing(Difference::path).thenComparing(Difference::kind));
        return List.copyOf(verifier.differences);
    }

    /** Listings do not have the top, so that only write bits can be told as wrong: by them anybody may add files. */
    private void checkTop(FileStatus status) {
        if ((status.permissions() & ReadOnlyTree.WRITE_BITS) != 0) {
            addMode(TOP, status, TreeFinish.TOP_MODE);
        }
    }

    private void walk(Folder folder, String prefix) throws PosixException {
        for (Name name : folder.list()) {
            String path = prefix + name.text();
            TreeEntry entry = expected.remove(path);
            try {
                check(folder, name.text(), path, entry);
            } catch (PosixException e) {
                noteUnread(path, e);
                expected.keySet().removeIf(below -> below.startsWith(path + "/"));
            }
        }
    }

    private void noteUnread(String path, PosixException failure) {
        if (!PosixException.meansForbidden(failure)) {
            add(path, Difference.Kind.CHANGED, "it cannot be read: " + failure.getMessage());
        } else if (refused == null) {
            refused = failure;
        }
    }

    /** A difference is one whatever the rest is; that all is well can only be said of what was read. */
    private void requireAnAnswer() throws PosixException {
        if (refused != null && differences.isEmpty()) {
            throw refused;
        }
    }

    private void check(Folder folder, String name, String path, @Nullable TreeEntry entry) throws PosixException {
        FileStatus status = folder.status(name);
        if (entry == null) {
            add(path, Difference.Kind.ADDED, "a " + status.kind() + " that the listing does not have");
        } else if (typeOf(status) != entry.type()) {
            add(
                    path,
                    Difference.Kind.CHANGED,
                    "the listing has a " + entry.type().word() + ", there is a " + status.kind());
        } else {
            checkMode(path, entry, status);
        }
        if (status.isFolder()) {
            try (Folder inner = folder.folder(name)) {
                walk(inner, path + "/");
            }
        } else if (entry != null && status.isRegular() && entry.type() == TreeEntry.Type.FILE) {
            checkContent(folder, name, entry, status);
        } else if (entry != null && status.isLink() && entry.isLink()) {
            String target = folder.linkTarget(name);
            if (!entry.target().equals(target)) {
                add(path, Difference.Kind.CHANGED, "it leads to '" + target + "' instead of '" + entry.target() + "'");
            }
        }
    }

    private void checkMode(String path, TreeEntry entry, FileStatus status) {
        if (!entry.isLink() && status.permissions() != entry.sealedMode()) {
            addMode(path, status, entry.sealedMode());
        }
    }

    private void addMode(String path, FileStatus status, int sealed) {
        String detail = String.format("its mode is %04o instead of %04o", status.permissions(), sealed);
        add(path, Difference.Kind.CHANGED, detail);
    }

    private void checkContent(Folder folder, String name, TreeEntry entry, FileStatus status) throws PosixException {
        if (status.size() != entry.size()) {
            String detail = "it has " + status.size() + " bytes instead of " + entry.size();
            add(entry.path(), Difference.Kind.CHANGED, detail);
            return;
        }
        try (OpenFile file = folder.openForReading(name)) {
            if (!digest(file).equals(entry.sha256())) {
                add(entry.path(), Difference.Kind.CHANGED, "its content is another one");
            }
        }
    }

    private String digest(OpenFile file) throws PosixException {
        workspace.sha256.reset();
        int length;
        while ((length = workspace.fill(file)) > 0) {
            workspace.sha256.update(workspace.bytes, 0, length);
        }
        return workspace.hexDigest();
    }

    private static TreeEntry.@Nullable Type typeOf(FileStatus status) {
        if (status.isFolder()) {
            return TreeEntry.Type.FOLDER;
        }
        if (status.isRegular()) {
            return TreeEntry.Type.FILE;
        }
        return status.isLink() ? TreeEntry.Type.LINK : null;
    }

    private void add(String path, Difference.Kind kind, String detail) {
        differences.add(new Difference(path, kind, detail));
    }
}
