package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.LeaseFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes what dead leases left: staging, trash, mounts, destructions that were cut off, and the leases' files. The
 * kernel has taken their holds back already. Several processes may do so at once.
 */
final class ZfsRecovery {
    private final ZfsPool pool;
    private @Nullable AxiomException failure;

    ZfsRecovery(ZfsPool pool) {
        this.pool = pool;
    }

    /** Tells {@code trouble} of the first failure, after everything else was done. */
    void run(Consumer<AxiomException> trouble) {
        eachOfTheDead(ZfsNames.STAGING, pool::discard);
        eachOfTheDead(ZfsNames.TRASH, name -> TrashSweep.recover(pool, name));
        List<String> dead = deadLeases();
        if (!dead.isEmpty()) {
            // Only a process that did not end well leaves these, and the look at the whole store takes its time.
            attempt(this::unmountIdle);
            if (finishAll()) {
                attempt(() -> reap(dead));
            }
        }
        if (failure != null) {
            trouble.accept(failure);
        }
    }

    /** Returns false if a destruction is still not at its end: the dead leases stay then, so that the next one looks again. */
    private boolean finishAll() {
        List<DatasetName> parents = new ArrayList<>(List.of(ZfsNames.STORE));
        boolean done = attempt(() -> parents.addAll(pool.parents(ZfsNames.ENV)));
        for (DatasetName parent : parents) {
            done &= finishIn(parent);
        }
        return done;
    }

    /** Returns whether it is done. */
    private boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.BUSY) {
                return false; // somebody mounted or cloned it by hand; another time
            }
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
            return false;
        }
    }

    /** What does not carry a lease's name was not made by Axiom and stays. */
    private void eachOfTheDead(DatasetName parent, Consumer<DatasetName> discard) {
        for (String child : pool.zfs().children(pool.names().filesystem(parent))) {
            String leaf = child.substring(child.lastIndexOf('/') + 1);
            Optional<String> owner = LeaseFiles.ownerOf(leaf);
            attempt(() -> {
                if (DatasetName.isComponent(leaf)
                        && ZfsTransfer.isPart(pool.names().name(child))) {
                    new ZfsTransfer(pool).discardIfOld(pool.names().name(child), Instant.now());
                } else if (owner.isPresent() && !pool.leaseFiles().isAlive(owner.get())) {
                    DatasetName name = pool.names().name(child);
                    pool.mounts().unmount(name);
                    discard.accept(name);
                }
            });
        }
    }

    private List<String> deadLeases() {
        try {
            return pool.leaseFiles().ids().stream()
                    .filter(id -> !pool.leaseFiles().isAlive(id))
                    .toList();
        } catch (IOException e) {
            throw AxiomException.io("list the leases of " + pool.location(), e);
        }
    }

    private void unmountIdle() {
        for (DatasetName name : pool.mounts().mounted()) {
            attempt(() -> pool.mounts().releaseIdle(name));
        }
    }

    private boolean finishIn(DatasetName parent) {
        List<String> children = new ArrayList<>();
        boolean done =
                attempt(() -> children.addAll(pool.zfs().children(pool.names().filesystem(parent))));
        for (String child : children) {
            done &= attempt(() -> pool.finish(pool.names().name(child)));
        }
        return done;
    }

    private void reap(List<String> dead) {
        try {
            for (String id : dead) {
                pool.leaseFiles().reap(id);
            }
        } catch (IOException e) {
            throw AxiomException.io("clean up the leases of " + pool.location(), e);
        }
    }
}
