package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.Folder;
import dev.axiom.core.os.OpenFile;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import jnr.constants.platform.Errno;

/**
 * Carries out a {@link MergePlan} in an empty folder that nobody else writes to. Nothing in it can be changed by an
 * ordinary user afterwards, as in a package. Used by one thread.
 */
final class TreeFill implements AutoCloseable {
    private static final int OPEN_FOLDER = 0700;
    private static final int OPEN_FILE = 0600;
    private static final int TOP_MODE = 0555;

    private final Folder top;
    private final Map<PackageId, Path> roots;
    private final EnvStrategy strategy;
    private final Map<PackageId, Folder> open = new HashMap<>();
    private final Deque<MergeStep> folders = new ArrayDeque<>();

    /**
     * Whether files may share their inode with the package's: only as long as mode bits keep us, too, from writing into
     * a package by way of the environment, and the file systems allow it.
     */
    private boolean hardLinks = !Posix.isRoot();

    private long bytes;

    private TreeFill(Folder top, Map<PackageId, Path> roots, EnvStrategy strategy) {
        this.top = top;
        this.roots = roots;
        this.strategy = strategy;
    }

    /**
     * Makes everything that the plan says and seals it.
     *
     * @param target an empty folder
     * @param roots of every package the folder with its content
     * @return the size of the files that share nothing with their packages as far as we know, in bytes
     * @throws AxiomException {@code CORRUPT} if a package is not as it is listed; {@code UNAVAILABLE} if the system fails;
     *     {@code INTERRUPTED} if this thread is
     */
    static long run(Path target, MergePlan plan, EnvStrategy strategy, Map<PackageId, Path> roots) {
        try (TreeFill fill = new TreeFill(Folder.open(target), roots, strategy)) {
            for (MergeStep step : plan.steps()) {
                Interruption.check();
                fill.make(step);
            }
            fill.seal();
            return fill.bytes;
        } catch (IOException e) {
            throw AxiomException.io("fill the environment in " + target, e);
        }
    }

    private void make(MergeStep step) throws IOException {
        switch (step.action()) {
            case FOLDER -> {
                top.makeFolder(step.path(), OPEN_FOLDER);
                folders.push(step);
            }
            case LINK_TO_PACKAGE -> top.makeLink(step.path(), root(step.owner()) + "/" + step.path());
            case SAME_LINK -> {
                top.makeLink(step.path(), step.entry().target());
                if (strategy == EnvStrategy.COPY) {
                    keepTime(step);
                }
            }
            case COPY -> copy(step);
        }
    }

    private void copy(MergeStep step) throws IOException {
        TreeEntry entry = step.entry();
        Folder source = source(step.owner());
        if (hardLinks && link(source, entry.path())) {
            return;
        }
        try (OpenFile in = openSource(source, step);
                OpenFile out = top.createNew(entry.path(), OPEN_FILE)) {
            long copied = in.copyTo(out);
            if (copied != entry.size()) {
                throw damaged(step, "has " + copied + " bytes, not the " + entry.size() + " that are listed");
            }
            out.setModified(in.status().modified());
            out.setMode(entry.sealedMode());
            bytes += copied;
        }
    }

    private OpenFile openSource(Folder source, MergeStep step) throws IOException {
        try {
            return source.openForReading(step.path());
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ELOOP) {
                throw damaged(step, "is not the file that is listed");
            }
            throw e;
        }
    }

    /** Returns false where only a copy will do. */
    private boolean link(Folder source, String path) throws PosixException {
        try {
            top.makeHardLink(path, source, path);
            return true;
        } catch (PosixException e) {
            if (e.errno() == Errno.EXDEV || e.errno() == Errno.EPERM || e.errno() == Errno.EOPNOTSUPP) {
                hardLinks = false; // the next one would end the same way
                return false;
            }
            if (e.errno() == Errno.EMLINK) {
                return false; // this file has too many names already
            }
            if (e.errno() == Errno.ENOENT) {
                return false; // the copy says what is wrong
            }
            throw e;
        }
    }

    /** From the deepest up, for what is in a sealed folder can no longer be made. */
    private void seal() throws IOException {
        for (MergeStep step : folders) {
            if (strategy == EnvStrategy.COPY) {
                keepTime(step);
            }
            top.setMode(step.path(), step.entry().sealedMode());
        }
        top.setMode(TOP_MODE);
    }

    private void keepTime(MergeStep step) throws IOException {
        Folder source = source(step.owner());
        top.setModified(step.path(), source.status(step.path()).modified());
    }

    private Folder source(PackageId id) throws PosixException {
        Folder folder = open.get(id);
        if (folder == null) {
            folder = Folder.open(root(id));
            open.put(id, folder);
        }
        return folder;
    }

    private Path root(PackageId id) {
        return Objects.requireNonNull(roots.get(id), "a plan names only packages that were given");
    }

    private static AxiomException damaged(MergeStep step, String how) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                "package " + step.owner() + ": " + step.path() + " " + how,
                "axiom package verify " + step.owner(),
                null);
    }

    @Override
    public void close() {
        open.values().forEach(Folder::close);
        top.close();
    }
}
