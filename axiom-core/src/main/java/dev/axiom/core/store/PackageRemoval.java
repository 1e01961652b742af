package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes single packages on demand, unless something uses them. The pool refuses what is held. What a root lists is
 * refused too, for it may lack its holds: a backup that was restored has none.
 */
public final class PackageRemoval {
    private final Pool pool;
    private final List<Root> roots;

    /**
     * Reads all roots. One that is made later holds its packages before it is ready.
     *
     * @throws AxiomException {@code CORRUPT}, naming the file, if a root cannot be understood: what it uses is unknown then
     */
    public PackageRemoval(Pool pool, Records records) {
        this.pool = pool;
        this.roots = records.roots();
    }

    /**
     * Destroys one package now.
     *
     * @return the bytes freed
     * @throws AxiomException {@code BUSY}, saying who uses it; {@code NOT_FOUND} if it does not exist
     */
    public long remove(Lease owner, PackageId id) {
        DatasetName name = StoreLayout.packageDataset(id);
        Set<HoldTag> listing = roots.stream()
                .filter(root -> root.packages().contains(id))
                .map(root -> root.key().tag())
                .collect(Collectors.toSet());
        if (!listing.isEmpty() && pool.find(name).isPresent()) {
            listing.addAll(pool.holds(List.of(name)).getOrDefault(name, Set.of()));
            throw inUse(id, Holders.now(pool).reason(Destruction.held(name, listing)));
        }
        Destruction result = destroy(owner, id, name);
        return switch (result.outcome()) {
            case DESTROYED -> result.bytesFreed();
            case MISSING -> throw missing(id);
            case FAILED ->
                throw new AxiomException(
                        ErrorCode.UNAVAILABLE, "cannot remove " + id + ": " + result.reason(), null, null);
            default -> throw inUse(id, Holders.now(pool).reason(result));
        };
    }

    /** Again when a collection marked or unmarked it in between: that alone is no use. */
    private Destruction destroy(Lease owner, PackageId id, DatasetName name) {
        Destruction result;
        do {
            Dataset dataset = pool.find(name).orElseThrow(() -> missing(id));
            result = pool.destroyUnheld(owner, List.of(new Condemned(name, dataset.deadSince())))
                    .get(0);
        } while (result.outcome() == Destruction.Outcome.REVIVED);
        return result;
    }

    private static AxiomException inUse(PackageId id, String reason) {
        return new AxiomException(
                ErrorCode.BUSY, "cannot remove " + id + ": " + reason, "to see what uses it: axiom why " + id, null);
    }

    private static AxiomException missing(PackageId id) {
        return new AxiomException(ErrorCode.NOT_FOUND, "there is no package " + id, "axiom package list", null);
    }
}
