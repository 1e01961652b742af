package dev.axiom.core.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells living holds from those of dead leases, looking at each lease once. For one short piece of work. */
final class LivingHolds {
    private final LeaseFiles leases;
    private final Map<String, Boolean> alive = new HashMap<>();

    LivingHolds(LeaseFiles leases) {
        this.leases = leases;
    }

    Set<HoldTag> of(DatasetFolder folder) {
        Set<HoldTag> all = folder.holds();
        if (all.isEmpty()) {
            return all;
        }
        Set<HoldTag> living = new TreeSet<>(all);
        living.removeIf(tag -> tag.isLease() && !alive.computeIfAbsent(tag.leaseId(), leases::isAlive));
        return living;
    }
}
