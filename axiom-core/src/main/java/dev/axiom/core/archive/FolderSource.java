package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.FileStatus;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.Name;
import dev.axiom.core.os.OpenFile;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder. It is walked by open folders, so that whoever swaps one for a link meanwhile leads nowhere else; a file that
 * changes while it is read is refused.
 */
record FolderSource(Path path) implements TreeSource {

    @Override
    public Unpacked unpack(Path target, UnpackOptions options) {
        try (TreeWriter writer = new TreeWriter(path.toString(), target, options);
                Folder top = Folder.open(path)) {
            new Walk(writer, target).folder(top, "");
            return writer.finish(null);
        } catch (PosixException e) {
            throw unread(e);
        } catch (IOException e) {
            throw Damage.of(path.toString(), e);
        }
    }

    /** A source that another user may read has no fault; else it is one that changes, or no tree that can be walked. */
    private static AxiomException unread(PosixException failure) {
        return PosixException.meansForbidden(failure)
                ? AxiomException.io("read the source", failure)
                : new AxiomException(
                        ErrorCode.INVALID, "cannot read the source: " + failure.getMessage(), null, failure);
    }

    /** One walk through one source. */
    private static final class Walk {
        private final TreeWriter writer;
        private final FileStatus target;
        private final Map<List<Long>, String> linked = new HashMap<>();

        Walk(TreeWriter writer, Path target) throws PosixException {
            this.writer = writer;
            try (Folder folder = Folder.open(target)) {
                this.target = folder.status();
            }
        }

        void folder(Folder folder, String prefix) throws IOException {
            List<Name> names = new ArrayList<>(folder.list());
            names.sort(Comparator.comparing(Name::text));
            for (Name name : names) {
                String path = prefix + name.text();
                if (!name.valid()) {
                    throw writer.refuse(path, "has a name that is not UTF-8");
                }
                switch (name.type() == Name.Type.UNKNOWN ? typeOf(folder.status(name.text())) : name.type()) {
                    case FOLDER -> subfolder(folder, name.text(), path);
                    case REGULAR -> file(folder, name.text(), path);
                    case LINK -> link(folder, name.text(), path);
                    default ->
                        throw writer.refuse(
                                path, "is a " + folder.status(name.text()).kind());
                }
            }
        }

        private static Name.Type typeOf(FileStatus status) {
            if (status.isFolder()) {
                return Name.Type.FOLDER;
            }
            return status.isRegular() ? Name.Type.REGULAR : status.isLink() ? Name.Type.LINK : Name.Type.SPECIAL;
        }

        private void subfolder(Folder parent, String name, String path) throws IOException {
            try (Folder folder = parent.folder(name)) {
                FileStatus status = folder.status();
                if (status.sameFile(target)) {
                    throw writer.refuse(path, "is where the package is being written to");
                }
                writer.folder(path, status.permissions(), status.modified());
                folder(folder, path + "/");
            }
        }

        private void link(Folder parent, String name, String path) throws IOException {
            String leadsTo = parent.linkTarget(name);
            if (leadsTo == null) {
                throw writer.refuse(path, "is a link whose target is not UTF-8");
            }
            writer.link(path, leadsTo, parent.status(name).modified());
        }

        private void file(Folder parent, String name, String path) throws IOException {
            try (OpenFile file = parent.openForReading(name)) {
                FileStatus before = file.status();
                if (!before.isRegular()) {
                    throw writer.refuse(path, "is a " + before.kind());
                }
                if (before.links() > 1) {
                    String first = linked.putIfAbsent(List.of(before.device(), before.inode()), path);
                    if (first != null) {
                        writer.hardLink(path, first);
                        return;
                    }
                }
                writer.file(path, before.permissions(), before.modified(), before.size(), contentOf(file, before));
                FileStatus after = file.status();
                if (after.size() != before.size() || !after.modified().equals(before.modified())) {
                    throw writer.refuse(path, "changed while it was read");
                }
            }
        }

        /** Spares the read that would only find the end, once all announced bytes came and the last read was short. */
        private static Content contentOf(OpenFile file, FileStatus status) {
            return new Content() {
                private long done;
                private boolean ended = status.size() == 0;

                @Override
                public int fill(Workspace workspace) throws IOException {
                    int length = ended ? 0 : workspace.fill(file);
                    done += length;
                    ended |= done == status.size() && !workspace.isFull(length);
                    return length;
                }
            };
        }
    }
}
