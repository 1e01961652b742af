package dev.axiom.gc;

import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import java.util.HashSet;
import java.util.Set;

/**
 * Marks what is in use. No dependency is followed: a root lists its whole closure by exact ids, because it was resolved
 * before it was written. So a package that only another package needs is alive through the root that lists both, and a
 * dependency in the metadata of a dead package keeps nothing alive.
 */
final class Marking {
    private Marking() {}

    /** The datasets that some root lists; those of pruned generations are not roots. */
    static Set<DatasetName> listed(Survey.Users users, Set<RecordKey> pruned) {
        Set<DatasetName> listed = new HashSet<>();
        for (Root root : users.roots()) {
            if (pruned.contains(root.key())) {
                continue;
            }
            for (PackageId id : root.packages()) {
                listed.add(StoreLayout.packageDataset(id));
            }
            if (root.key().kind() == RecordKind.ENV) {
                listed.add(environment(root.key()));
            }
        }
        return listed;
    }

    /** The datasets that must stay: those listed, and those that some lease protects. */
    static Set<DatasetName> reached(Set<DatasetName> listed, Survey.Users users) {
        Set<DatasetName> reached = new HashSet<>(listed);
        for (LeaseInfo lease : users.leases()) {
            reached.addAll(lease.datasets());
        }
        return reached;
    }

    /** Where an environment's generation lies. */
    static DatasetName environment(RecordKey key) {
        return StoreLayout.envDataset(new EnvName(key.owner()), key.generation());
    }
}
