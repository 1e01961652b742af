package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of one lease, which this process has locked: the part of a lease that is the same in every pool. For those who
 * write a pool. Locking: its own monitor, which is held for work on this file only.
 */
public final class LeaseFile {
    private final LeaseFiles files;
    private final Path path;
    private final int fd;
    private final Optional<Reserve> source;
    private final Set<DatasetName> noted = new HashSet<>();
    private int staged;
    private boolean inherited;
    private boolean ended;

    /**
     * @param fd the lock lives as long as this descriptor and its copies are open
     * @param source the reserve that the file was taken from and goes back to; empty for most
     */
    LeaseFile(LeaseFiles files, Path path, int fd, Optional<Reserve> source) {
        this.files = files;
        this.path = path;
        this.fd = fd;
        this.source = source;
    }

    /** The lease's id: what the file is called. */
    public String id() {
        return path.getFileName().toString();
    }

    /**
     * Refuses work after the end.
     *
     * @throws AxiomException {@code INTERNAL} if the lease has ended
     */
    public synchronized void checkOpen() {
        if (ended) {
            throw new AxiomException(ErrorCode.INTERNAL, "the lease " + id() + " is closed");
        }
    }

    /** A name below {@code parent} that tells whose the new dataset is. @throws AxiomException as {@link #checkOpen} */
    public synchronized DatasetName nextStaging(DatasetName parent) {
        checkOpen();
        return parent.child(id() + "-" + ++staged);
    }

    /**
     * Lists datasets in the file, whether they are there already or not.
     *
     * @throws AxiomException if the lease has ended, or is gone with the pool
     */
    public synchronized void note(Collection<DatasetName> names) {
        checkOpen();
        List<DatasetName> fresh =
                names.stream().filter(name -> !noted.contains(name)).distinct().toList();
        try {
            files.append(path, fresh);
        } catch (IOException e) {
            throw AxiomException.io("write the lease " + path, e);
        }
        noted.addAll(fresh);
    }

    /** Whether the lease has not ended, and its file is still there. */
    public synchronized boolean isAlive() {
        return !ended && Files.exists(path);
    }

    /**
     * Hands the lease on to the program that this process becomes: its end does not remove the file any more.
     *
     * @param others descriptors that the lease lives by besides
     */
    public synchronized void inherit(int... others) {
        checkOpen();
        try {
            Posix.keepOnExec(fd);
            for (int other : others) {
                Posix.keepOnExec(other);
            }
        } catch (PosixException e) {
            throw AxiomException.io("hand on the lease " + path, e);
        }
        inherited = true;
    }

    /** Whether the lease was handed on. */
    public synchronized boolean isInherited() {
        return inherited;
    }

    /** Lets nothing more be done with the lease. Returns false if it had ended already; else one of the next two follows. */
    public synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** Removes the file, unless it was handed on, and gives up its lock. */
    public void remove() {
        try {
            if (!isInherited() && (source.isEmpty() || !source.get().takeBack(path))) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            // It counts no more without its lock; the next command's recovery removes it.
        } finally {
            unlock();
        }
    }

    /** Gives up the lock and leaves the file, as the death of the process does. */
    public void unlock() {
        Posix.close(fd);
    }
}
