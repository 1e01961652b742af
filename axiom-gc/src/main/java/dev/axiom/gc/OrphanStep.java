package dev.axiom.gc;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.Holders;
import dev.axiom.core.store.RecordKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Destroys environments on disk that no record knows.
 *
 * <p>Nothing holds a finished environment except its record, which the pool does not know. So one that was just being
 * made when the plan was (its maker's lease then holds it until the record is ready) must be told from one that a crash
 * left: first mark as dead, which the pool does only to what nobody holds; then read the records once more; then destroy
 * what still has that mark. Who was making it has either not let go (no mark), or has written its record (seen now).
 */
final class OrphanStep {
    private final Target target;
    private final Lease lease;
    private final List<DatasetName> destroyed = new ArrayList<>();
    private final List<Report.KeptOrphan> kept = new ArrayList<>();
    private long bytesFreed;

    OrphanStep(Target target, Lease lease) {
        this.target = target;
        this.lease = lease;
    }

    /** Returns false if it was asked to stop before the end. */
    boolean run(List<Dataset> orphans, Instant now, StopSignal stop) {
        for (int from = 0; from < orphans.size(); from += Pool.BATCH) {
            if (stop.isRequested()) {
                return false;
            }
            List<DatasetName> names = orphans.subList(from, Math.min(from + Pool.BATCH, orphans.size())).stream()
                    .map(Dataset::name)
                    .toList();
            target.pool().markDead(names, now);
            sweep(names);
        }
        return true;
    }

    private void sweep(List<DatasetName> marked) {
        Set<DatasetName> recorded = target.records().list(RecordKind.ENV).stream()
                .map(record -> Marking.environment(record.key()))
                .collect(Collectors.toSet());
        Set<DatasetName> orphans = new HashSet<>(marked);
        orphans.removeAll(recorded);
        keep(marked, orphans);
        List<Condemned> condemned = new ArrayList<>();
        for (DatasetName name : marked) {
            if (orphans.contains(name)) {
                target.pool().find(name).ifPresent(dataset -> condemn(dataset, condemned));
            }
        }
        target.pool().destroyUnheld(lease, condemned).forEach(this::count);
    }

    /** Takes the mark from what turned out to have a record. */
    private void keep(Collection<DatasetName> marked, Set<DatasetName> orphans) {
        List<DatasetName> alive =
                marked.stream().filter(name -> !orphans.contains(name)).toList();
        if (!alive.isEmpty()) {
            target.pool().clearDead(alive);
        }
    }

    private void condemn(Dataset dataset, List<Condemned> condemned) {
        if (dataset.deadSince().isPresent()) {
            condemned.add(new Condemned(dataset.name(), dataset.deadSince()));
        } else {
            kept.add(new Report.KeptOrphan(dataset.name(), holders(dataset.name())));
        }
    }

    private String holders(DatasetName name) {
        Set<HoldTag> tags = target.pool().holds(List.of(name)).getOrDefault(name, Set.of());
        return tags.isEmpty()
                ? "it was used since the plan was made"
                : "it is in use by "
                        + String.join(", ", Holders.now(target.pool()).names(tags));
    }

    private void count(Destruction result) {
        if (result.outcome() == Destruction.Outcome.DESTROYED) {
            destroyed.add(result.name());
            bytesFreed += result.bytesFreed();
        } else {
            kept.add(new Report.KeptOrphan(
                    result.name(), Holders.now(target.pool()).reason(result)));
        }
    }

    List<DatasetName> destroyed() {
        return destroyed;
    }

    List<Report.KeptOrphan> kept() {
        return kept;
    }

    long bytesFreed() {
        return bytesFreed;
    }
}
