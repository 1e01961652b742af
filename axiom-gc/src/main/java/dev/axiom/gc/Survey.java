package dev.axiom.gc;

import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoredPackage;
import java.util.List;

/**
 * All that a plan is made from, as it was read.
 *
 * @param time when it was read
 * @param packages every package of the pool
 * @param environments every environment's datasets
 * @param users the roots and leases
 * @param generations what retention decides on
 * @param lostHolds asked for what could be destroyed
 */
record Survey(
        CountedTime time,
        List<StoredPackage> packages,
        List<Dataset> environments,
        Users users,
        List<Generation> generations,
        LostHolds lostHolds) {

    /** Whoever keeps packages alive: persistent roots, and the leases of living processes. */
    record Users(List<Root> roots, List<LeaseInfo> leases) {}
}
