package dev.axiom.gc;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.pool.LeaseInfo;

/** Words for leases. */
final class Leases {
    private Leases() {}

    /** Who holds it, such as {@code axiom env run dev (pid 4711, since …)}. */
    static String describe(LeaseInfo lease) {
        return lease.owner().map(Owner::toString).orElse("lease " + lease.id());
    }
}
