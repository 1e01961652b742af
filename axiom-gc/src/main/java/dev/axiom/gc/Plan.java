package dev.axiom.gc;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.HoldTag;
import java.util.List;

/**
 * What a collection is going to do. A value: the dry run prints it, the run executes it.
 *
 * @param time when it was made
 * @param pruning what becomes of the generations; the rest is computed as if the pruned ones were gone
 * @param packages what becomes of the packages
 * @param orphans environments on disk that no record knows, left behind by a crash; they go
 * @param predictedBytes what goes, as the pool counts it: pruned environments, orphans, condemned packages
 */
public record Plan(CountedTime time, Pruning pruning, Packages packages, List<Dataset> orphans, long predictedBytes) {
    public Plan {
        orphans = List.copyOf(orphans);
    }

    /**
     * A generation that stays.
     *
     * @param reason why
     */
    public record Kept(Generation generation, String reason) {}

    /** The generations that go and those that stay, sorted. */
    public record Pruning(List<Generation> pruned, List<Kept> kept) {
        public Pruning {
            pruned = List.copyOf(pruned);
            kept = List.copyOf(kept);
        }
    }

    /**
     * A dead package with holds that no record explains. Whoever loses a record loses no package with it.
     *
     * @param tags the holds, sorted
     */
    public record Held(DeadPackage dead, List<HoldTag> tags) {
        public Held {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Each package is in exactly one of {@code live}, {@code condemned}, {@code postponed}, {@code held} and {@code waiting}.
     *
     * @param live reached by a root; sorted
     * @param revived those of the live that a root lists and that were marked dead before; their mark goes
     * @param newlyDead dead and not condemned now, and the pool does not know it yet; they are marked
     * @param condemned to be destroyed: the longest dead first
     * @param postponed could be condemned, but the ceiling of this run is reached; the next run goes on with them
     * @param held could be condemned, but the pool would refuse; the longest dead first
     * @param waiting dead, within the grace period; the longest dead first
     * @param marked whether any package was marked dead before; collections alone do that, so none is marked by others later
     */
    public record Packages(
            List<PackageId> live,
            List<PackageId> revived,
            List<DeadPackage> newlyDead,
            List<DeadPackage> condemned,
            List<DeadPackage> postponed,
            List<Held> held,
            List<DeadPackage> waiting,
            boolean marked) {
        public Packages {
            live = List.copyOf(live);
            revived = List.copyOf(revived);
            newlyDead = List.copyOf(newlyDead);
            condemned = List.copyOf(condemned);
            postponed = List.copyOf(postponed);
            held = List.copyOf(held);
            waiting = List.copyOf(waiting);
        }
    }
}
