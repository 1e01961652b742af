package dev.axiom.zfs;

import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.PoolContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The pool on OpenZFS keeps the contract, on a real kernel: {@code AXIOM_TEST_DATASET} names a dataset in which it may make
 * pools ({@code native/zfs-guest} has one).
 */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsPoolContractTest extends PoolContract {
    private static final AtomicInteger POOLS = new AtomicInteger();

    private String dataset = "";

    @Override
    protected int many() {
        return 100;
    }

    @Override
    protected int rounds() {
        return 10;
    }

    @Override
    protected Pool newPool() {
        dataset = System.getenv("AXIOM_TEST_DATASET") + "/contract" + POOLS.incrementAndGet();
        return ZfsPools.create(dataset);
    }

    @Override
    protected Pool reopen(Pool pool) {
        pool.close();
        return ZfsPools.open(dataset);
    }

    @Override
    protected void kill(Lease lease) {
        ((ZfsLease) lease).abandon();
    }
}
