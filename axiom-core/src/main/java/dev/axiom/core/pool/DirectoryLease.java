package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
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
import java.util.Set;

/** A lease of a {@link DirectoryPool}: a locked file that lists what it holds, which counts as long as the lock does. */
final class DirectoryLease implements Lease {
    private final DirectoryPool pool;
    private final LeaseFiles files;
    private final LeaseFiles.Held file;
    private final Set<DatasetName> noted = new HashSet<>();
    private int staged;
    private boolean inherited;
    private boolean closed;

    DirectoryLease(DirectoryPool pool, LeaseFiles files, LeaseFiles.Held file) {
        this.pool = pool;
        this.files = files;
        this.file = file;
    }

    @Override
    public String id() {
        return file.id();
    }

    @Override
    public void protect(Collection<DatasetName> names) {
        hold(names, true);
    }

    private void hold(Collection<DatasetName> names, boolean used) {
        try (FileLock lock = pool.lock(false)) {
            pool.requireSealed(names);
            note(names); // first: if it fails, no date is lost
            for (DatasetName name : used ? names : List.<DatasetName>of()) {
                pool.folder(name).clearDead();
            }
        } catch (IOException e) {
            throw AxiomException.io("protect datasets of " + pool.location(), e);
        }
    }

    @Override
    public Path open(DatasetName name) {
        protect(List.of(name));
        return pool.folder(name).path();
    }

    @Override
    public Path look(DatasetName name) {
        hold(List.of(name), false);
        return pool.folder(name).path();
    }

    @Override
    public Staging stage() {
        DatasetName name;
        synchronized (this) {
            checkOpen();
            name = DirectoryPool.STAGING.child(id() + "-" + ++staged);
        }
        DatasetFolder folder = pool.folder(name);
        try {
            folder.create();
        } catch (IOException e) {
            throw AxiomException.io("create " + folder.path(), e);
        }
        pool.pause(PausePoint.STAGED);
        return new DirectoryStaging(pool, this, folder);
    }

    /**
     * Makes the lease hold datasets, whether they are there already or not. Locking: the pool's lock, shared.
     *
     * @throws AxiomException if the lease is closed, or gone with the pool
     */
    synchronized void note(Collection<DatasetName> names) {
        checkOpen();
        List<DatasetName> fresh =
                names.stream().filter(name -> !noted.contains(name)).distinct().toList();
        try {
            files.append(file.file(), fresh);
        } catch (IOException e) {
            throw AxiomException.io("write the lease " + file.file(), e);
        }
        noted.addAll(fresh);
    }

    @Override
    public synchronized boolean isAlive() {
        return !closed && Files.exists(file.file());
    }

    @Override
    public synchronized void inherit() {
        checkOpen();
        try {
            Posix.keepOnExec(file.fd());
        } catch (PosixException e) {
            throw AxiomException.io("hand on the lease " + file.file(), e);
        }
        inherited = true;
    }

    /** Ends as the lease of a killed process does: the lock is gone, everything else stays. For tests. */
    synchronized void abandon() {
        if (!closed) {
            closed = true;
            Posix.close(file.fd());
        }
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new AxiomException(ErrorCode.INTERNAL, "the lease " + id() + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!inherited) {
                files.remove(file);
            }
        } catch (IOException left) {
            // The holds die with the lock that is given up below; the next command's recovery removes the file.
        } finally {
            Posix.close(file.fd());
        }
    }
}
