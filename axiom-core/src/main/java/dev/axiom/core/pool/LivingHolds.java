package dev.axiom.core.pool;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells living holds from those of dead leases, looking at each lease once. For one short piece of work. */
final class LivingHolds {
    private final LeaseFiles leases;
    private final Map<String, Boolean> alive = new HashMap<>();

    LivingHolds(LeaseFiles leases) {
        this.leases = leases;
    }

    /** @throws IOException if the holds cannot be read */
    Set<HoldTag> of(DatasetFolder folder) throws IOException {
        Set<HoldTag> holds = folder.holds();
        holds.removeIf(tag -> tag.isLease() && !alive.computeIfAbsent(tag.leaseId(), leases::isAlive));
        return holds;
    }
}
