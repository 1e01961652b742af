package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Removes what dead leases left in {@code staging/} and {@code trash/}, and then their files. Several processes may do so at
 * once. What does not carry a lease's name was not made by Axiom and stays, and so does what has a foreign mount in it.
 */
final class DirectoryRecovery {
    private final DirectoryPool pool;
    private final List<AxiomException> failures = Collections.synchronizedList(new ArrayList<>());

    DirectoryRecovery(DirectoryPool pool) {
        this.pool = pool;
    }

    /** Gives the failure if something could not be removed, after everything else was: one that stays must not keep the others. */
    Optional<AxiomException> run() throws IOException {
        forDead(DirectoryPool.STAGING, this::discard);
        List<DatasetFolder> trash = new ArrayList<>();
        forDead(DirectoryPool.TRASH, trash::add);
        if (!trash.isEmpty()) {
            pool.sync(); // whoever died may not have come to it, and no file may be gone for good before its package is
        }
        Erasers.each(trash, folder -> attempt(folder.path(), () -> erase(folder)));
        for (String id : pool.leaseFiles().ids()) {
            attempt(pool.leaseFiles().file(id), () -> pool.leaseFiles().reap(id));
        }
        return failures.stream()
                .min(Comparator.comparing(failure -> String.valueOf(failure.getMessage()))) // the same each time
                .map(this::amongAll);
    }

    /** One for all: somebody else's leftovers may be many, and every command tells of them. */
    private AxiomException amongAll(AxiomException first) {
        return failures.size() == 1
                ? first
                : new AxiomException(
                        first.code(),
                        first.getMessage() + "; and so it is with " + (failures.size() - 1) + " more",
                        first.hint(),
                        first);
    }

    private void erase(DatasetFolder folder) throws IOException {
        Mounts mounts = pool.mounts();
        if (mounts.in(folder.name()).isEmpty()) {
            pool.remove(folder, mounts);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface FolderStep {
        void run(DatasetFolder folder) throws IOException;
    }

    private void forDead(DatasetName parent, FolderStep step) {
        for (String name : pool.children(parent)) {
            Optional<String> owner = LeaseFiles.ownerOf(name);
            if (owner.isPresent()) {
                DatasetFolder folder = pool.folder(parent.child(name));
                attempt(folder.path(), () -> {
                    if (!pool.leaseFiles().isAlive(owner.get())) {
                        step.run(folder);
                    }
                });
            }
        }
    }

    private void attempt(Path place, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            failures.add(AxiomException.io("remove " + place + ", which a command left that is dead", e));
        } catch (AxiomException e) {
            failures.add(e);
        }
    }

    /**
     * Moves a staging out of the way in one step, before anything in it is deleted: were its lease lost in another way
     * than by death, its owner would fail to publish instead of publishing half of it.
     */
    private void discard(DatasetFolder staging) throws IOException {
        if (pool.mounts().in(staging.name()).isPresent()) {
            return;
        }
        try {
            Files.move(
                    staging.path(),
                    pool.folder(DirectoryPool.TRASH.child(staging.name().leaf()))
                            .path(),
                    StandardCopyOption.ATOMIC_MOVE);
            pool.pause(PausePoint.RECOVERING);
        } catch (NoSuchFileException othersWereFaster) {
            // they delete it
        }
    }
}
