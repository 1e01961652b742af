package dev.axiom.gc;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DatasetName;
import java.util.List;

/**
 * What a collection did.
 *
 * @param plan what it was to do
 * @param collected the packages that went, in the order in which they did
 * @param skipped the condemned packages that stayed
 * @param others what became of generations and orphaned environments
 * @param bytesFreed what was truly freed, as the pool says
 * @param interrupted whether it was asked to stop before it was through; what it did until then stands
 */
public record Report(
        Plan plan,
        List<PackageId> collected,
        List<Skipped> skipped,
        Others others,
        long bytesFreed,
        boolean interrupted) {
    public Report {
        collected = List.copyOf(collected);
        skipped = List.copyOf(skipped);
    }

    /**
     * A condemned package that stayed.
     *
     * @param reason who holds it, what is busy; for people
     */
    public record Skipped(PackageId id, String reason) {}

    /**
     * Beside the packages.
     *
     * @param pruned the generations that went
     * @param kept those that were to go and stayed, with the reason
     * @param orphans the orphaned environments that went
     * @param keptOrphans those that stayed, with the reason
     */
    public record Others(
            List<Generation> pruned, List<Plan.Kept> kept, List<DatasetName> orphans, List<KeptOrphan> keptOrphans) {
        public Others {
            pruned = List.copyOf(pruned);
            kept = List.copyOf(kept);
            orphans = List.copyOf(orphans);
            keptOrphans = List.copyOf(keptOrphans);
        }
    }

    /**
     * An orphaned environment that stayed.
     *
     * @param reason who holds it, what is busy; for people
     */
    public record KeptOrphan(DatasetName name, String reason) {}
}
