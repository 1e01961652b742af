package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lease of a {@link DirectoryPool}: a locked file that lists what it holds, which counts as long as the lock does. */
final class DirectoryLease implements Lease {
    private final DirectoryPool pool;
    private final LeaseFile file;

    /** Names that were taken when we wanted them. What has them may go until we protect it, and another come in its place. */
    private final Set<DatasetName> doubtful = ConcurrentHashMap.newKeySet();

    DirectoryLease(DirectoryPool pool, LeaseFile file) {
        this.pool = pool;
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
        boolean unmarked = noteAndUnmark(names, used);
        if (unmarked || !Collections.disjoint(doubtful, names)) {
            pool.sync(); // a power cut would bring the old mark back, and nothing but the lease tells of this use
            doubtful.removeAll(names); // now it is there to stay
        }
    }

    /** Whoever published this may not have made it durable: we do, once it is protected. */
    void doubt(DatasetName name) {
        doubtful.add(name);
    }

    private boolean noteAndUnmark(Collection<DatasetName> names, boolean used) {
        boolean unmarked = false;
        try (FileLock lock = pool.lock(false)) {
            pool.requireSealed(names);
            note(names); // first: if it fails, no date is lost
            for (DatasetName name : used ? names : List.<DatasetName>of()) {
                unmarked |= pool.folder(name).clearDead();
            }
        } catch (IOException e) {
            throw AxiomException.io("protect datasets of " + pool.location(), e);
        }
        return unmarked;
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
        DatasetFolder folder = pool.folder(file.nextStaging(DirectoryPool.STAGING));
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
    void note(Collection<DatasetName> names) {
        file.note(names);
    }

    @Override
    public boolean isAlive() {
        return file.isAlive();
    }

    @Override
    public void inherit() {
        file.inherit();
    }

    /** Ends as the lease of a killed process does: the lock is gone, everything else stays. For tests. */
    void abandon() {
        if (file.end()) {
            file.unlock();
        }
    }

    @Override
    public void close() {
        if (file.end()) {
            file.remove();
        }
    }
}
