package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * One batch of destruction in a {@link ZfsPool}: what nobody holds is unmounted, then one channel program looks at each
 * dataset and destroys it, in one transaction for all. Where programs are not permitted, see {@link TrashSweep}.
 */
final class ZfsSweep {
    /** What fails for every dataset: the pool is suspended or read-only, or ZFS does not know such a call. */
    private static final Set<Errno> POOLS_OWN =
            Set.of(Errno.EAGAIN, Errno.EROFS, Errno.EINVAL, Errno.ENOTTY, Errno.EACCES);

    private final ZfsPool pool;
    private final Lease owner;

    ZfsSweep(ZfsPool pool, Lease owner) {
        this.pool = pool;
        this.owner = owner;
    }

    List<Destruction> run(List<Condemned> batch) {
        if (batch.size() > Pool.BATCH) {
            throw new IllegalArgumentException("a batch of " + batch.size() + " is longer than " + Pool.BATCH);
        }
        if (batch.isEmpty()) {
            return List.of();
        }
        Map<DatasetName, Condemned> distinct = new LinkedHashMap<>();
        batch.forEach(condemned -> distinct.putIfAbsent(condemned.name(), condemned));
        distinct.keySet().forEach(this::unmount);
        Map<DatasetName, Destruction> results = destroy(List.copyOf(distinct.values()));
        List<Destruction> inOrder = new ArrayList<>();
        for (Condemned condemned : batch) {
            Destruction result = Objects.requireNonNull(results.get(condemned.name()));
            inOrder.add(result);
            if (result.outcome() == Outcome.DESTROYED) {
                results.put(condemned.name(), missing(condemned.name()));
            }
        }
        return inOrder;
    }

    private static Destruction missing(DatasetName name) {
        return Destruction.kept(name, Outcome.MISSING, "it does not exist");
    }

    /** What a killed process left mounted. If that fails, the program says that it is busy. */
    private void unmount(DatasetName name) {
        try {
            pool.mounts().release(name);
        } catch (AxiomException busy) {
            // as said
        }
    }

    private Map<DatasetName, Destruction> destroy(List<Condemned> batch) {
        Map<DatasetName, Destruction> results = new LinkedHashMap<>();
        destroy(batch, 0, results);
        return results;
    }

    /** @param cuts how often a program for these was cut off or failed before: what it had destroyed by then is gone */
    private void destroy(List<Condemned> batch, int cuts, Map<DatasetName, Destruction> results) {
        Optional<Map<String, Object>> said;
        try {
            said = runProgram(batch);
        } catch (ZfsException e) {
            goOn(batch, cuts, e, results);
            return;
        }
        if (said.isPresent()) {
            note(batch, said.get(), cuts > 0, results);
        } else {
            batch.forEach(condemned -> results.put(condemned.name(), new TrashSweep(pool, owner).destroy(condemned)));
        }
    }

    /**
     * After a program that did not come to its end. A signal cuts it off, as stopping the process does, and the rest is done by
     * another. One damaged dataset makes it fail for all; so that it stops nobody else, the halves are tried by themselves.
     */
    private void goOn(List<Condemned> batch, int cuts, ZfsException failure, Map<DatasetName, Destruction> results) {
        List<Condemned> rest = new ArrayList<>();
        for (Condemned condemned : batch) {
            if (finish(condemned.name())) {
                results.put(condemned.name(), Destruction.destroyed(condemned.name(), 0));
            } else {
                rest.add(condemned);
            }
        }
        boolean interrupted = failure.is(Errno.EINTR);
        if (POOLS_OWN.stream().anyMatch(failure::is) || (interrupted && cuts + 1 == ZfsCore.TRIES)) {
            throw failure;
        }
        if (rest.size() == 1 && !interrupted) {
            DatasetName name = rest.get(0).name();
            results.put(name, Destruction.kept(name, Outcome.FAILED, String.valueOf(failure.getMessage())));
        } else if (!rest.isEmpty()) {
            int middle = interrupted ? 0 : rest.size() / 2;
            if (middle > 0) {
                destroy(rest.subList(0, middle), cuts + 1, results);
            }
            destroy(rest.subList(middle, rest.size()), cuts + 1, results);
        }
    }

    /**
     * The program measures what all of a batch freed; of that each has the same share. What one before it freed until it was
     * cut off, nobody has measured.
     */
    private void note(
            List<Condemned> batch, Map<String, Object> said, boolean cut, Map<DatasetName, Destruction> results) {
        Map<String, Object> each = ZfsCore.child(said, "results");
        List<DatasetName> destroyed = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            DatasetName name = batch.get(i).name();
            Destruction result = result(name, ZfsCore.child(each, Integer.toString(i)));
            if (cut && result.outcome() == Outcome.MISSING) {
                result = Destruction.destroyed(name, 0);
            }
            results.put(name, result);
            if (result.outcome() == Outcome.DESTROYED) {
                destroyed.add(name);
            }
        }
        long rest = Math.max(0, Long.parseLong(String.valueOf(said.get("freed"))));
        for (int left = destroyed.size(); left > 0; left--) {
            DatasetName name = destroyed.get(left - 1);
            long share = rest / left;
            results.put(name, Destruction.destroyed(name, share));
            rest -= share;
        }
    }

    /** Empty where programs are not permitted. */
    private Optional<Map<String, Object>> runProgram(List<Condemned> batch) {
        try (NvList arguments = arguments(batch)) {
            return pool.core().runIfPermitted(pool.names().zpool(), ZfsProgram.DESTROY, arguments);
        }
    }

    /** A program that is cut off may have taken a seal and not the rest. Returns whether that was so, and now is at its end. */
    private boolean finish(DatasetName name) {
        try {
            return pool.finish(name);
        } catch (AxiomException later) {
            leaveUnfinished(); // the next publisher of the name, or recovery, does it
            return false;
        }
    }

    private void leaveUnfinished() {
        if (owner instanceof ZfsLease lease) {
            lease.leaveUnfinished();
        }
    }

    private NvList arguments(List<Condemned> batch) {
        List<String> filesystems = batch.stream()
                .map(condemned -> pool.names().filesystem(condemned.name()))
                .toList();
        return pool.core()
                .newList()
                .put("names", filesystems)
                .put(
                        "parents",
                        filesystems.stream()
                                .map(name -> name.substring(0, name.lastIndexOf('/')))
                                .distinct()
                                .toList())
                .put("dead", list -> {
                    for (int i = 0; i < batch.size(); i++) {
                        String number = Integer.toString(i);
                        batch.get(i).deadSince().ifPresent(since -> list.put(number, since.toString()));
                    }
                });
    }

    private Destruction result(DatasetName name, Map<String, Object> said) {
        String text = String.valueOf(said.get("text"));
        Outcome outcome = Outcome.valueOf(String.valueOf(said.get("word")).toUpperCase(Locale.ROOT));
        if (outcome == Outcome.DESTROYED) {
            return Destruction.destroyed(name, 0);
        }
        if (outcome == Outcome.HELD) {
            return Destruction.held(
                    name, ZfsHolds.tags(ZfsCore.child(said, "tags").keySet()));
        }
        if (outcome == Outcome.FAILED) {
            leaveUnfinished();
        }
        List<String> points =
                outcome == Outcome.BUSY ? ZfsMounts.points(pool.names().filesystem(name)) : List.of();
        return Destruction.kept(name, outcome, points.isEmpty() ? text : text + " on " + String.join(", ", points));
    }
}
