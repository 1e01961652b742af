package dev.axiom.gc;

import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the pool's holds with the records: a hold whose record does not list the dataset, or is gone, is lost. */
final class LostHolds implements Survey.LostHolds {
    private final Pool pool;
    private final List<Root> roots;

    /** @param roots every record, in whatever state it is */
    LostHolds(Pool pool, List<Root> roots) {
        this.pool = pool;
        this.roots = roots;
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> of(Collection<DatasetName> names) {
        Map<DatasetName, Set<HoldTag>> lost = new HashMap<>();
        pool.holds(names).forEach((name, tags) -> {
            Set<HoldTag> without = new TreeSet<>(tags);
            without.removeIf(HoldTag::isLease);
            if (!without.isEmpty()) {
                lost.put(name, without);
            }
        });
        if (!lost.isEmpty()) {
            Map<HoldTag, Set<DatasetName>> explained = explained();
            lost.forEach((name, tags) ->
                    tags.removeIf(tag -> explained.getOrDefault(tag, Set.of()).contains(name)));
            lost.values().removeIf(Set::isEmpty);
        }
        return lost;
    }

    /** What each record holds. */
    private Map<HoldTag, Set<DatasetName>> explained() {
        return roots.stream()
                .collect(Collectors.toMap(
                        root -> root.key().tag(),
                        root -> root.packages().stream()
                                .map(StoreLayout::packageDataset)
                                .collect(Collectors.toSet()),
                        (one, other) -> {
                            one.addAll(other);
                            return one;
                        }));
    }
}
