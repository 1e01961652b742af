package dev.axiom.zfs;

import dev.axiom.core.pool.Pool;

/** The pool keeps the contract as well where channel programs are not permitted, as in a container. */
class ZfsPoolWithoutProgramsContractTest extends ZfsPoolContractTest {
    @Override
    protected Pool newPool() {
        ThreadSafeZfs.instance().core().forbidPrograms(); // for the rest of this process's life
        return super.newPool();
    }
}
