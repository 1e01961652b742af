package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.LeaseFile;
import dev.axiom.core.pool.Staging;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A lease of a {@link ZfsPool}: a locked file, as in every pool, for others to see, and an opening of {@code /dev/zfs},
 * with which the kernel ends the lease's holds. No lock is held while ZFS works; a name that one thread is about to hold
 * makes only those wait who want the same name.
 */
final class ZfsLease implements Lease {
    private static final int TRIES = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ZfsPool pool;
    private final LeaseFile file;
    private final String tag;
    private final int cleanup;
    private final Set<DatasetName> held = new HashSet<>(); // guarded by this, as are all below
    private final Set<DatasetName> underWay = new HashSet<>();
    private final Set<DatasetName> opened = new TreeSet<>();
    private final Map<DatasetName, ZfsMounts.Pin> pins = new HashMap<>();
    private boolean unfinished;

    ZfsLease(ZfsPool pool, LeaseFile file, int cleanup) {
        this.pool = pool;
        this.file = file;
        this.tag = HoldTag.ofLease(file.id()).value();
        this.cleanup = cleanup;
    }

    @Override
    public String id() {
        return file.id();
    }

    @Override
    public void protect(Collection<DatasetName> names) {
        hold(names);
        note(names);
        pool.marks().clear(names);
    }

    @Override
    public Path open(DatasetName name) {
        protect(List.of(name));
        return mount(name);
    }

    @Override
    public Path look(DatasetName name) {
        hold(List.of(name));
        note(List.of(name));
        return mount(name);
    }

    @Override
    public void openAll(Collection<DatasetName> names) {
        protect(names);
        names.forEach(this::mount);
    }

    private Path mount(DatasetName name) {
        synchronized (this) {
            if (opened.contains(name)) {
                return pool.mounts().path(name); // our hold keeps it mounted
            }
        }
        mountHeld(name);
        synchronized (this) {
            opened.add(name);
        }
        return pool.mounts().path(name);
    }

    /** Where programs are not permitted, a collector may have moved it away before it saw our hold, and moves it back. */
    private void mountHeld(DatasetName name) {
        for (int i = 0; ; i++) {
            try {
                pool.mounts().open(name, true);
                return;
            } catch (AxiomException e) {
                if (i == TRIES || pool.core().exists(pool.names().sealed(name))) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public Staging stage() {
        DatasetName name = file.nextStaging(ZfsNames.STAGING);
        pool.core().create(pool.names().filesystem(name), Map.of());
        try {
            pool.mounts().mount(name, false);
            return new ZfsStaging(pool, this, name);
        } catch (AxiomException e) {
            undo(name, e);
            throw e;
        }
    }

    /** What cannot be undone goes with recovery, and with the failure that it comes from. */
    private void undo(DatasetName staging, AxiomException failure) {
        try {
            pool.mounts().unmount(staging);
            pool.discard(staging);
        } catch (AxiomException left) {
            failure.addSuppressed(left);
        }
    }

    /**
     * Makes a dataset that a stream has filled a staging of this lease, mounted for reading. Its seal tells nothing and goes.
     *
     * @throws AxiomException if that fails; the dataset is gone then, or recovery destroys it
     */
    Staging adopt(DatasetName received) {
        DatasetName name = file.nextStaging(ZfsNames.STAGING);
        ZfsNames names = pool.names();
        pool.core().rename(names.filesystem(received), names.filesystem(name));
        try {
            pool.core().destroy(names.sealed(name));
            pool.mounts().mount(name, true);
            return new ZfsStaging(pool, this, name);
        } catch (AxiomException e) {
            undo(name, e);
            throw e;
        }
    }

    /** Keeps a staging mounted, until that is given up or this lease ends. @throws AxiomException if it is not mounted */
    synchronized ZfsMounts.Pin pin(DatasetName staging) {
        file.checkOpen();
        ZfsMounts.Pin pin = pool.mounts().pinMounted(staging);
        pins.put(staging, pin);
        return pin;
    }

    /** Gives up what {@link #pin} gave; given up already, as at this lease's end, is fine. */
    synchronized void unpin(DatasetName staging) {
        ZfsMounts.Pin pin = pins.remove(staging);
        if (pin != null) {
            pin.close();
        }
    }

    /** Holds what this lease does not hold yet. */
    void hold(Collection<DatasetName> names) {
        Set<DatasetName> fresh = claim(names);
        boolean done = false;
        try {
            pool.temporaryHolds().add(tag, fresh, Optional.of(cleanup));
            done = true;
        } finally {
            settle(fresh, done);
        }
    }

    /** Waits until no other thread holds or fails to hold one of them: its failure must not be taken for a hold. */
    private synchronized Set<DatasetName> claim(Collection<DatasetName> names) {
        waitWhile(() -> names.stream().anyMatch(underWay::contains));
        file.checkOpen();
        Set<DatasetName> fresh = new TreeSet<>(names);
        fresh.removeAll(held);
        underWay.addAll(fresh);
        return fresh;
    }

    /** An interrupt is kept for later. Locking: this, which is free while it waits. */
    private synchronized void waitWhile(BooleanSupplier busy) {
        boolean interrupted = false;
        while (busy.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void settle(Set<DatasetName> names, boolean done) {
        underWay.removeAll(names);
        if (done) {
            held.addAll(names);
        }
        notifyAll();
    }

    /**
     * Lists datasets in the lease's file.
     *
     * @throws AxiomException if the lease is closed, or gone with the pool
     */
    void note(Collection<DatasetName> names) {
        file.note(names);
    }

    /** The hold moved with a dataset's new name. */
    synchronized void renamed(DatasetName from, DatasetName to) {
        held.remove(from);
        held.add(to);
    }

    /** Gives up the hold of a dataset that is to be destroyed. */
    void release(DatasetName name) {
        synchronized (this) {
            if (!held.remove(name)) {
                return;
            }
        }
        pool.temporaryHolds().remove(tag, List.of(name));
    }

    /** A destruction may not have come to its end: the file stays, as after a death, so that recovery looks for the rest. */
    synchronized void leaveUnfinished() {
        unfinished = true;
    }

    private synchronized void removeFile() {
        if (unfinished) {
            file.unlock();
        } else {
            file.remove();
        }
    }

    @Override
    public boolean isAlive() {
        return file.isAlive();
    }

    @Override
    public void inherit() {
        file.inherit(cleanup);
    }

    /** Ends as the lease of a killed process does. For tests. */
    void abandon() {
        if (end()) {
            Posix.close(cleanup);
            file.unlock();
        }
    }

    /**
     * Lets nothing more be done, and waits for those who hold with the descriptor now: once closed, its number may be another
     * file's. Returns false if the lease had ended already.
     */
    private synchronized boolean end() {
        boolean first = file.end();
        waitWhile(() -> !underWay.isEmpty());
        pins.values().forEach(ZfsMounts.Pin::close);
        pins.clear();
        return first;
    }

    @Override
    public void close() {
        if (!end()) {
            return;
        }
        Set<DatasetName> released;
        List<DatasetName> mounted;
        synchronized (this) {
            released = file.isInherited() ? Set.of() : Set.copyOf(held);
            mounted = file.isInherited() ? List.of() : List.copyOf(opened);
        }
        try {
            // All in one transaction: closing the device would take one for each call that held.
            pool.temporaryHolds().remove(tag, released);
        } catch (AxiomException left) {
            // the kernel does it at the next line
        } finally {
            Posix.close(cleanup);
            removeFile();
        }
        mounted.forEach(this::unmount);
    }

    private void unmount(DatasetName name) {
        try {
            pool.mounts().releaseIdle(name);
        } catch (AxiomException left) {
            // it is mounted for nobody, until it is collected or recovery unmounts it
        }
    }
}
