package dev.axiom.core.pool;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The directory pool keeps the contract on the file system that the build runs on. */
class DirectoryPoolContractTest extends PoolContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path place;

    /** An empty folder for one test's pool. */
    Path newPlace() throws Exception {
        return folder;
    }

    @Override
    protected int many() {
        return 100;
    }

    @Override
    protected int rounds() {
        return 10;
    }

    @Override
    protected Pool newPool() throws Exception {
        place = newPlace();
        return DirectoryPool.create(place);
    }

    @Override
    protected Pool reopen(Pool pool) {
        pool.close();
        return DirectoryPool.open(place);
    }

    @Override
    protected void kill(Lease lease) {
        ((DirectoryLease) lease).abandon();
    }
}
