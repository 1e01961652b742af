package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.FileStatus;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.Name;
import dev.axiom.core.os.OpenFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes the write bits from a tree. What {@link TreeSource#unpack} made has none already; this is for trees that were
 * filled otherwise. Links are neither followed nor changed.
 */
public final class ReadOnlyTree {
    /** Of owner, group and others; nothing that is sealed has one. */
    static final int WRITE_BITS = 0222;

    private ReadOnlyTree() {}

    /**
     * Makes the folder and all that is below it read-only.
     *
     * @throws AxiomException {@code UNAVAILABLE} if a mode cannot be changed; some may be changed then
     */
    public static void seal(Path tree) {
        try (Folder folder = Folder.open(tree)) {
            seal(folder);
        } catch (IOException e) {
            throw AxiomException.io("make " + tree + " read-only", e);
        }
    }

    private static void seal(Folder folder) throws IOException {
        for (Name name : folder.list()) {
            FileStatus status = folder.status(name.text());
            if (status.isFolder()) {
                try (Folder inner = folder.folder(name.text())) {
                    seal(inner);
                }
            } else if (status.isRegular() && (status.mode() & WRITE_BITS) != 0) {
                try (OpenFile file = folder.openForReading(name.text())) {
                    file.setMode(status.permissions() & ~WRITE_BITS);
                }
            }
        }
        folder.setMode(folder.status().permissions() & ~WRITE_BITS);
    }
}
