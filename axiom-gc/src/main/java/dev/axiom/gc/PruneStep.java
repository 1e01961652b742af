package dev.axiom.gc;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes the generations that retention gave up. One that cannot be removed stops nothing else. */
final class PruneStep {
    /** So many generations of one owner go before others get their turn at its lock. */
    private static final int IN_A_ROW = 3;

    private final Target target;
    private final Lease lease;
    private final List<Generation> pruned = new ArrayList<>();
    private final List<Plan.Kept> kept = new ArrayList<>();

    /** Why the generations of those stay whose lock was not to be had. One wait for each is enough. */
    private final Map<Owner, String> busy = new HashMap<>();

    private long bytesFreed;

    private record Owner(RecordKind kind, String name) {}

    PruneStep(Target target, Lease lease) {
        this.target = target;
        this.lease = lease;
    }

    /** Returns false if it was asked to stop before the end. */
    boolean run(List<Generation> generations, StopSignal stop) {
        String owner = "";
        int inARow = 0;
        for (Generation generation : generations) {
            if (stop.isRequested()) {
                return false;
            }
            inARow = generation.key().owner().equals(owner) ? inARow + 1 : 0;
            owner = generation.key().owner();
            if (inARow == IN_A_ROW) {
                FileLock.letOthersIn(); // each takes the owner's lock, for milliseconds
                inARow = 0;
            }
            prune(generation);
        }
        return true;
    }

    private void prune(Generation generation) {
        long bytes = content(generation);
        Optional<String> reason = remove(generation);
        if (reason.isPresent()) {
            kept.add(new Plan.Kept(generation, reason.get()));
        } else {
            pruned.add(generation);
            bytesFreed += bytes;
        }
    }

    /** What the generation's own files take; a profile's has none worth counting. */
    private long content(Generation generation) {
        return generation.key().kind() == RecordKind.ENV
                ? target.pool()
                        .find(Marking.environment(generation.key()))
                        .map(Dataset::bytes)
                        .orElse(0L)
                : 0;
    }

    private Optional<String> remove(Generation generation) {
        Owner owner = new Owner(generation.key().kind(), generation.key().owner());
        if (busy.containsKey(owner)) {
            return Optional.ofNullable(busy.get(owner));
        }
        try {
            return removeNow(generation);
        } catch (LockBusyException e) {
            busy.put(owner, String.valueOf(e.getMessage()));
            return Optional.ofNullable(busy.get(owner));
        }
    }

    private Optional<String> removeNow(Generation generation) {
        for (GenerationSource source : target.generations()) {
            if (source.kind() == generation.key().kind()) {
                return source.remove(lease, generation);
            }
        }
        return Optional.of("nothing here can remove it");
    }

    List<Generation> pruned() {
        return pruned;
    }

    List<Plan.Kept> kept() {
        return kept;
    }

    long bytesFreed() {
        return bytesFreed;
    }
}
