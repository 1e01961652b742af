package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.Holders;
import dev.axiom.core.store.StoreLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes one plan, exactly. Where the world has changed since it was made, the pool and the sources refuse. */
final class Execution {
    private final Target target;
    private final Lease lease;
    private final GarbageCollector.Surroundings surroundings;
    private final Plan plan;
    private final TimeKeeping time;
    private final PruneStep prunes;
    private final OrphanStep orphans;
    private final List<PackageId> collected = new ArrayList<>();
    private final List<Report.Skipped> skipped = new ArrayList<>();
    private long packageBytes;

    Execution(Target target, Lease lease, GarbageCollector.Surroundings surroundings, Plan plan, TimeKeeping time) {
        this.target = target;
        this.lease = lease;
        this.surroundings = surroundings;
        this.plan = plan;
        this.time = time;
        this.prunes = new PruneStep(target, lease);
        this.orphans = new OrphanStep(target, lease);
    }

    /** @throws CollectionFailedException if it has to give up; carries what was done until then */
    Report run() {
        try {
            return report(!steps());
        } catch (AxiomException e) {
            throw new CollectionFailedException(report(false), e);
        }
    }

    private Report report(boolean interrupted) {
        Report.Others others = new Report.Others(prunes.pruned(), prunes.kept(), orphans.destroyed(), orphans.kept());
        return new Report(plan, collected, skipped, others, bytesFreed(), interrupted);
    }

    private long bytesFreed() {
        return prunes.bytesFreed() + orphans.bytesFreed() + packageBytes;
    }

    /** Returns false if it was asked to stop before the end. */
    private boolean steps() {
        StopSignal stop = surroundings.stop();
        if (!prunes.run(plan.pruning().pruned(), stop)) {
            return false;
        }
        reached(Progress.Step.PRUNED);
        clear();
        boolean marked = markIfThereIsRoom();
        reached(Progress.Step.MARKED);
        boolean through = sweep(stop);
        if (!marked) {
            markInWhatWasFreed();
        }
        if (plan.time().isAnew() && through) {
            if (plan.packages().marked()) {
                clearOldMarks();
            }
            noteIfThereIsRoom(plan.time()); // not before: no old mark that is left may count from here on
        }
        return through && orphans.run(plan.orphans(), plan.time().now(), stop); // which takes marks, so it comes last
    }

    /** Returns false if the disk was too full for it: a mark takes an inode, a sweep none. */
    private boolean markIfThereIsRoom() {
        List<DeadPackage> dead = plan.packages().newlyDead();
        if (dead.isEmpty()) {
            if (!plan.time().isAnew()) {
                noteIfThereIsRoom(time.now());
            }
            return true;
        }
        return ifThereIsRoom(() -> mark(dead));
    }

    private static boolean ifThereIsRoom(Runnable writing) {
        try {
            writing.run();
            return true;
        } catch (AxiomException e) {
            if (PosixException.meansFull(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Without a new note the next collection counts on from the old one, and comes to the same. */
    private void noteIfThereIsRoom(CountedTime now) {
        boolean unused = ifThereIsRoom(() -> time.write(now));
    }

    private void markInWhatWasFreed() {
        if (!markIfThereIsRoom()) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    "there is no room to note since when packages are dead: No space left on device",
                    "to make room, let no dead package wait: axiom gc --grace 0",
                    null);
        }
    }

    private void clear() {
        List<PackageId> revived = plan.packages().revived();
        if (!revived.isEmpty()) {
            target.pool()
                    .clearDead(revived.stream().map(StoreLayout::packageDataset).toList());
        }
    }

    /**
     * Those that could not be made anew, because somebody looks at the package or it could not be destroyed. The pool says
     * which they are, for the plan cannot know who has begun to look since.
     */
    private void clearOldMarks() {
        Optional<Instant> anew = Optional.of(plan.time().now());
        List<DatasetName> old = target.pool().list(StoreLayout.STORE).stream()
                .filter(dataset ->
                        dataset.deadSince().isPresent() && !dataset.deadSince().equals(anew))
                .map(Dataset::name)
                .toList();
        if (!old.isEmpty()) {
            target.pool().clearDead(old);
        }
    }

    /**
     * With the time as it is now, for a package may have been used since the plan was made. The note comes first: counted
     * from an older one, the time up to the marks could turn out longer later, when a clock that was set back is right again.
     */
    private void mark(List<DeadPackage> dead) {
        CountedTime now = plan.time().isAnew() ? plan.time() : time.now();
        if (!now.isAnew()) {
            time.write(now);
        }
        target.pool().markDead(dead.stream().map(one -> one.stored().dataset()).toList(), now.now());
    }

    private boolean sweep(StopSignal stop) {
        BatchSweep batches = new BatchSweep(target.pool(), lease, stop, surroundings.sweepers());
        return batches.run(plan.packages().condemned(), results -> {
            count(results);
            reached(Progress.Step.SWEPT);
        });
    }

    private void count(Map<DeadPackage, Destruction> results) {
        Map<DeadPackage, Destruction> kept = new LinkedHashMap<>();
        results.forEach((dead, result) -> {
            if (result.outcome() == Destruction.Outcome.DESTROYED) {
                collected.add(dead.id());
                packageBytes += result.bytesFreed();
            } else {
                kept.put(dead, result);
            }
        });
        if (!kept.isEmpty()) {
            Holders holders = Holders.now(target.pool());
            kept.forEach((dead, result) -> skipped.add(new Report.Skipped(dead.id(), holders.reason(result))));
        }
    }

    private void reached(Progress.Step step) {
        int done = collected.size() + skipped.size();
        int total = plan.packages().condemned().size();
        surroundings.progress().reached(step, new Progress.Tally(done, total, bytesFreed()));
    }
}
