package dev.axiom.gc;

import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds whose record does not list the dataset, or is gone. Asked late, and for few datasets, since each is a look into the
 * pool.
 */
interface LostHolds {
    /** Those of the datasets that have such holds, each with the tags, sorted. */
    Map<DatasetName, Set<HoldTag>> of(Collection<DatasetName> names);

    /**
     * Compares the pool's holds, as they are when it is asked, with records.
     *
     * @param roots every record, in whatever state it is
     */
    static LostHolds in(Pool pool, List<Root> roots) {
        return names -> {
            Map<DatasetName, Set<HoldTag>> holds = pool.holds(names);
            // Mostly there are none, and nobody needs to know what the records list.
            return holds.isEmpty() ? holds : without(listed(roots), holds);
        };
    }

    private static Map<HoldTag, Set<DatasetName>> listed(List<Root> roots) {
        Map<HoldTag, Set<DatasetName>> listed = new HashMap<>();
        for (Root root : roots) {
            Set<DatasetName> names = listed.computeIfAbsent(root.key().tag(), tag -> new HashSet<>());
            root.packages().forEach(id -> names.add(StoreLayout.packageDataset(id)));
        }
        return listed;
    }

    private static Map<DatasetName, Set<HoldTag>> without(
            Map<HoldTag, Set<DatasetName>> listed, Map<DatasetName, Set<HoldTag>> holds) {
        Map<DatasetName, Set<HoldTag>> lost = new HashMap<>();
        holds.forEach((name, tags) -> {
            Set<HoldTag> rest = tags.stream()
                    .filter(tag -> !tag.isLease()
                            && !listed.getOrDefault(tag, Set.of()).contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!rest.isEmpty()) {
                lost.put(name, rest);
            }
        });
        return lost;
    }
}
