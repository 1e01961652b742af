package dev.axiom.gc;

import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import java.util.List;

/**
 * What a collector works on.
 *
 * @param pool the pool
 * @param layout its names
 * @param generations where generations come from that retention may prune; without any, nothing is pruned
 */
public record Target(Pool pool, StoreLayout layout, List<GenerationSource> generations) {
    public Target {
        generations = List.copyOf(generations);
    }

    PackageStore store() {
        return new PackageStore(pool);
    }

    Records records() {
        return new Records(pool, layout);
    }
}
