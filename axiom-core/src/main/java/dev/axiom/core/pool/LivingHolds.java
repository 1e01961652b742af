package dev.axiom.core.pool;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds what: permanent holds are files in the datasets, those of leases stand in the files of the leases that live.
 * The leases are read once, so this is for one short piece of work. Locking: what it says stays true as long as the
 * pool's lock is held alone; without it, it is a hint.
 */
final class LivingHolds {
    private final Map<DatasetName, Set<HoldTag>> leased = new HashMap<>();

    /** @throws IOException if the leases cannot be read */
    LivingHolds(LeaseFiles leases) throws IOException {
        for (String id : leases.ids()) {
            if (leases.isAlive(id)) {
                for (DatasetName name : leases.datasets(id)) {
                    leased.computeIfAbsent(name, held -> new TreeSet<>()).add(HoldTag.ofLease(id));
                }
            }
        }
    }

    /** @throws IOException if the holds cannot be read */
    Set<HoldTag> of(DatasetFolder folder) throws IOException {
        return of(folder, true);
    }

    /**
     * As {@link #of(DatasetFolder)}, sparing a look into the folder.
     *
     * @param permanent whether there may be permanent holds: {@link DatasetFolder.Found#mayBeHeld}, seen under the lock
     */
    Set<HoldTag> of(DatasetFolder folder, boolean permanent) throws IOException {
        Set<HoldTag> holds = permanent ? folder.holds() : new TreeSet<>();
        holds.addAll(leased.getOrDefault(folder.name(), Set.of()));
        return holds;
    }
}
