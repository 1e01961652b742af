package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A dataset in the making in a {@link DirectoryPool}. */
final class DirectoryStaging implements Staging {
    private final DirectoryPool pool;
    private final DirectoryLease lease;
    private final DatasetFolder folder;
    private final StagingProgress progress;

    DirectoryStaging(DirectoryPool pool, DirectoryLease lease, DatasetFolder folder) {
        this.pool = pool;
        this.lease = lease;
        this.folder = folder;
        this.progress = new StagingProgress(folder.name());
    }

    @Override
    public DatasetName name() {
        return folder.name();
    }

    @Override
    public Path path() {
        return folder.path();
    }

    @Override
    public void seal(Map<String, String> properties, long bytes) {
        progress.sealing(properties);
        try {
            folder.seal(new SealFile.Content(properties, bytes));
        } catch (IOException e) {
            throw AxiomException.io("seal " + folder.path(), e);
        }
        progress.sealed();
    }

    @Override
    public void publish(DatasetName name) {
        progress.checkSealed();
        Path target = pool.folder(name).path();
        pool.sync();
        pool.pause(PausePoint.BEFORE_PUBLISH);
        try (FileLock lock = pool.lock(false)) {
            lease.note(List.of(name)); // fails if the lease is gone, with all that others would spare for its sake
            Files.createDirectories(target.getParent());
            Files.move(folder.path(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(target) && Files.exists(folder.path())) {
                lease.doubt(name);
                throw new DatasetExistsException(name); // rename(2) does not replace a folder that is not empty
            }
            throw AxiomException.io("publish " + target, e);
        } catch (IOException e) {
            throw AxiomException.io("publish " + target, e);
        }
        progress.published();
        pool.pause(PausePoint.PUBLISHED);
        pool.sync();
    }

    @Override
    public void close() {
        if (!progress.close()) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // or Java's own reads would fail, and the remains stay
        try {
            pool.remove(folder);
        } catch (IOException e) {
            throw AxiomException.io("remove " + folder.path(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
