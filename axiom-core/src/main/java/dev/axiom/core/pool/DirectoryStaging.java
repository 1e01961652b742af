package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.TreeRemoval;
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
    private boolean done;

    DirectoryStaging(DirectoryPool pool, DirectoryLease lease, DatasetFolder folder) {
        this.pool = pool;
        this.lease = lease;
        this.folder = folder;
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
        try {
            folder.seal(new SealFile.Content(properties, bytes), lease.tag());
        } catch (IOException e) {
            throw AxiomException.io("seal " + folder.path(), e);
        }
    }

    @Override
    public void publish(DatasetName name) {
        Path target = pool.folder(name).path();
        lease.note(List.of(name));
        pool.sync();
        try {
            Files.createDirectories(target.getParent());
            Files.move(folder.path(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(target) && Files.exists(folder.path())) {
                throw new DatasetExistsException(name); // rename(2) does not replace a folder that is not empty
            }
            throw AxiomException.io("publish " + target, e);
        } catch (IOException e) {
            throw AxiomException.io("publish " + target, e);
        }
        done = true;
        pool.sync();
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            TreeRemoval.delete(folder.path());
        } catch (IOException e) {
            throw AxiomException.io("remove " + folder.path(), e);
        }
    }
}
