package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Destruction.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One batch of destruction in a {@link DirectoryPool}: under the pool's lock each dataset is looked at and renamed into
 * the trash, {@link DirectoryPool#AT_ONCE} at a time; the files go after the lock is given back, so that nobody waits for them.
 */
final class DirectorySweep implements Taken {
    private final DirectoryPool pool;
    private final Lease owner;
    private final List<Destruction> results = new ArrayList<>();
    private final List<Removed> removed = new ArrayList<>();

    DirectorySweep(DirectoryPool pool, Lease owner) {
        this.pool = pool;
        this.owner = owner;
    }

    /** A dataset that is out of the store and waits for its files to go. */
    private record Removed(int index, Dataset dataset, DatasetFolder trash) {}

    void take(List<Condemned> batch) {
        if (batch.size() > Pool.BATCH) {
            throw new IllegalArgumentException("a batch of " + batch.size() + " is longer than " + Pool.BATCH);
        }
        for (int from = 0; from < batch.size(); from += DirectoryPool.AT_ONCE) {
            takeOrStop(batch.subList(from, Math.min(from + DirectoryPool.AT_ONCE, batch.size())));
        }
        if (!removed.isEmpty()) {
            pool.sync(); // no file may be gone for good before its package is
        }
    }

    @Override
    public List<Destruction> results() {
        return List.copyOf(results);
    }

    /** By several threads, and not by a parallel stream, whose callers spin as they wait. */
    @Override
    public List<Destruction> erase() {
        List<Destruction> erased = new ArrayList<>(results);
        if (!removed.isEmpty()) {
            pool.pause(PausePoint.BEFORE_ERASE);
            Optional<Mounts> mounts = mounts();
            Erasers.each(removed, one -> erased.set(one.index(), erase(one, mounts))); // each its own place
        }
        return erased;
    }

    /** What was taken before a failure counts, and what comes after it failed. */
    private void takeOrStop(List<Condemned> some) {
        try {
            takeSome(some);
        } catch (AxiomException e) {
            if (removed.isEmpty()) {
                throw e;
            }
            some.forEach(condemned -> results.add(Destruction.kept(condemned.name(), Outcome.FAILED, message(e))));
        }
    }

    private void takeSome(List<Condemned> some) {
        pool.sweepTurn().lock(); // one waits at the pool's lock for all of this process
        try (FileLock lock = pool.lock(true)) {
            Look look = new Look(pool.mounts(), new LivingHolds(pool.leaseFiles()));
            for (Condemned condemned : some) {
                results.add(takeOne(condemned, look));
            }
        } catch (IOException e) {
            throw AxiomException.io("sweep " + pool.location(), e);
        } finally {
            pool.sweepTurn().unlock();
        }
    }

    /** What is looked at under one lock, read once. */
    private record Look(Mounts mounts, LivingHolds holds) {}

    /** Locking: exclusive. Looks at one dataset and moves it into the trash if nothing keeps it. */
    private Destruction takeOne(Condemned condemned, Look look) {
        DatasetName name = condemned.name();
        DatasetFolder folder = pool.folder(name);
        try {
            pool.requireNoLink(folder.path());
            Optional<DatasetFolder.Found> found = folder.find();
            if (found.isEmpty()) {
                return Destruction.kept(name, Outcome.MISSING, "it does not exist");
            }
            Optional<Destruction> kept = keep(condemned, found.get(), look);
            if (kept.isPresent()) {
                return kept.get();
            }
            return discard(found.get().dataset());
        } catch (IOException | AxiomException e) {
            return Destruction.kept(name, Outcome.FAILED, message(e));
        }
    }

    private Destruction discard(Dataset dataset) {
        DatasetFolder trash = pool.trash(owner);
        try {
            Files.move(pool.folder(dataset.name()).path(), trash.path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Destruction.kept(
                    dataset.name(), Outcome.FAILED, message(AxiomException.io("remove " + dataset.name(), e)));
        } catch (IOException e) {
            return Destruction.kept(dataset.name(), Outcome.BUSY, message(e));
        }
        removed.add(new Removed(results.size(), dataset, trash));
        pool.pause(PausePoint.CONDEMNED);
        return Destruction.destroyed(dataset.name(), dataset.bytes());
    }

    /** Why a dataset must stay, or empty. */
    private Optional<Destruction> keep(Condemned condemned, DatasetFolder.Found found, Look look) throws IOException {
        DatasetName name = condemned.name();
        Set<HoldTag> holds = look.holds().of(pool.folder(name), found.mayBeHeld());
        if (!holds.isEmpty()) {
            return Optional.of(Destruction.held(name, holds));
        }
        if (!found.dataset().deadSince().equals(condemned.deadSince())) {
            return Optional.of(Destruction.kept(name, Outcome.REVIVED, "it was used since the plan was made"));
        }
        return look.mounts()
                .in(name)
                .map(point -> Destruction.kept(name, Outcome.BUSY, "something is mounted on " + point));
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** Read anew, for the lock was given back since; empty if that fails, and then nothing is erased. */
    private Optional<Mounts> mounts() {
        try {
            return Optional.of(pool.mounts());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Destruction erase(Removed removed, Optional<Mounts> mounts) {
        DatasetName name = removed.dataset().name();
        try {
            pool.remove(removed.trash(), mounts.orElseThrow(() -> new IOException("the mounts cannot be read")));
            return Destruction.destroyed(name, removed.dataset().bytes());
        } catch (IOException e) {
            // It is out of the store, as was decided; its files stay in the trash for the next recovery.
            return new Destruction(name, Outcome.DESTROYED, "files are left in the trash: " + e.getMessage(), 0);
        }
    }
}
