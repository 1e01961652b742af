package dev.axiom.core.pool;

import dev.axiom.core.lock.Owner;
import java.util.Optional;
import java.util.Set;

/**
 * A lease that lives now.
 *
 * @param id its id
 * @param owner who took it; empty if it has not said so yet
 * @param datasets what it protects
 */
public record LeaseInfo(String id, Optional<Owner> owner, Set<DatasetName> datasets) {
    public LeaseInfo {
        datasets = Set.copyOf(datasets);
    }
}
