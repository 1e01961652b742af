package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Removes what dead leases left in {@code staging/} and {@code trash/}. Several processes may do so at once. What does
 * not carry a lease's name was not made by Axiom and stays, and so does what has a foreign mount in it.
 */
final class DirectoryRecovery {
    private final DirectoryPool pool;
    private @Nullable IOException failure;

    DirectoryRecovery(DirectoryPool pool) {
        this.pool = pool;
    }

    /** @throws IOException the first failure, after everything else was done: one that stays must not keep the others */
    void run() throws IOException {
        forDead(DirectoryPool.STAGING, this::discard);
        List<DatasetFolder> trash = new ArrayList<>();
        forDead(DirectoryPool.TRASH, trash::add);
        if (!trash.isEmpty()) {
            pool.sync(); // whoever died may not have come to it, and no file may be gone for good before its package is
        }
        trash.forEach(this::erase);
        if (failure != null) {
            throw failure;
        }
    }

    private void erase(DatasetFolder folder) {
        try {
            if (pool.mounts().in(folder.name()).isEmpty()) {
                pool.remove(folder);
            }
        } catch (IOException e) {
            note(e);
        }
    }

    private interface Step {
        void run(DatasetFolder folder) throws IOException;
    }

    private void forDead(DatasetName parent, Step step) {
        for (String name : pool.children(parent)) {
            try {
                Optional<String> owner = LeaseFiles.ownerOf(name);
                if (owner.isPresent() && !pool.leaseFiles().isAlive(owner.get())) {
                    step.run(pool.folder(parent.child(name)));
                }
            } catch (IOException | AxiomException e) {
                note(e instanceof IOException io ? io : new IOException(e.getMessage(), e));
            }
        }
    }

    private void note(IOException e) {
        if (failure == null) {
            failure = e;
        } else {
            failure.addSuppressed(e);
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
