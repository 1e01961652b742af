package dev.axiom.core.os;

import java.io.IOException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;

/**
 * Deletes a tree, sealed or not. It walks by open folders and never follows a link, so that nothing outside the tree can
 * be hit, whoever changes it meanwhile. Folders are made writable only once the system has refused a removal. Another
 * process may delete the same tree at the same time; what is gone already is fine.
 */
public final class TreeRemoval {
    private static final int WRITABLE = 0700;

    /** How often a folder is read again because somebody still puts things into it. */
    private static final int ROUNDS = 100;

    /** Folders open at a time, one inside the other: no tree in a store is nearly as deep, and a thread's stack holds twice as many. */
    static final int DEPTH = 500;

    /** Whether a refusal was met: the folders after it are made writable without trying first. */
    private boolean sealed;

    private TreeRemoval() {}

    /**
     * Deletes the file, link or folder and all that is below it. Nothing there is fine.
     *
     * @throws IOException naming what cannot be removed; some of the tree is gone then, and the call can be repeated
     */
    public static void delete(Path tree) throws IOException {
        Path path = tree.toAbsolutePath().normalize();
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw new IllegalArgumentException("the file system's root is not to be deleted");
        }
        try (Folder folder = Folder.open(parent)) {
            new TreeRemoval().removeFolder(folder, name.toString(), 0);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** Removes what is most likely a folder. */
    private void removeFolder(Folder parent, String name, int depth) throws IOException {
        for (int round = 0; ; round++) {
            try {
                empty(parent, name, depth);
                parent.removeFolder(name);
                return;
            } catch (PosixException e) {
                switch (e.errno()) {
                    case ENOENT -> {
                        return;
                    }
                    case ENOTDIR, ELOOP -> {
                        removeFile(parent, name);
                        return;
                    }
                    case ENOTEMPTY, EEXIST -> {
                        if (round == ROUNDS) {
                            throw e;
                        }
                    }
                    default -> throw e;
                }
            }
        }
    }

    private static void removeFile(Folder parent, String name) throws PosixException {
        try {
            parent.removeFile(name);
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private void empty(Folder parent, String name, int depth) throws IOException {
        if (depth > DEPTH) {
            throw new IOException(parent.about(name) + " lies more than " + DEPTH + " folders deep");
        }
        try (Folder folder = open(parent, name)) {
            boolean writable = sealed;
            if (sealed) {
                folder.setMode(WRITABLE);
            }
            for (Name entry : folder.list()) {
                writable |= removeEntry(folder, entry, depth, writable);
            }
        }
    }

    private Folder open(Folder parent, String name) throws PosixException {
        try {
            return parent.folder(name);
        } catch (PosixException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            parent.setModeOfNoLink(name, WRITABLE);
            return parent.folder(name);
        }
    }

    /** Removes an entry, making its folder writable if that was refused; says whether it did so. */
    private boolean removeEntry(Folder folder, Name entry, int depth, boolean writable) throws IOException {
        try {
            remove(folder, entry, depth);
            return false;
        } catch (PosixException e) {
            if (writable || e.errno() != Errno.EACCES) {
                throw e;
            }
            sealed = true;
            folder.setMode(WRITABLE);
            remove(folder, entry, depth);
            return true;
        }
    }

    private void remove(Folder folder, Name entry, int depth) throws IOException {
        boolean maybeFolder = entry.type() == Name.Type.FOLDER || entry.type() == Name.Type.UNKNOWN;
        if (maybeFolder) {
            removeFolder(folder, entry.text(), depth + 1);
        } else {
            removeFile(folder, entry.text());
        }
    }
}
