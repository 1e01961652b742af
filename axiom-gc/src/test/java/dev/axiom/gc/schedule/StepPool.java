package dev.axiom.gc.schedule;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.SimulatedPool;
import dev.axiom.core.pool.Staging;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool each of whose calls is a step of the actor that makes it. Calls that do one thing after another for several
 * datasets are as many steps. In threads that are no actor's it is the pool itself.
 */
final class StepPool implements Pool {
    private final Pool pool;
    private final Watch watch;
    private final Set<Mutation> mutations;

    /** Sees what is done to packages. All are called in the step that does it. */
    interface Watch {
        /** Somebody begins or ends to use it. */
        void used(DatasetName name);

        /** It is about to be destroyed, if the pool agrees. */
        void condemned(DatasetName name);

        /** It was destroyed. */
        void destroyed(DatasetName name);
    }

    StepPool(Pool pool, Watch watch, Set<Mutation> mutations) {
        this.pool = pool;
        this.watch = watch;
        this.mutations = mutations;
    }

    private static <T> T step(String label, Supplier<T> work, Access... accesses) {
        Actor actor = Actor.current();
        if (actor != null) {
            actor.at(Step.of(label, accesses));
        }
        return work.get();
    }

    private static void step(Step step) {
        Actor actor = Actor.current();
        if (actor != null) {
            actor.at(step);
        }
    }

    private static List<Access> writes(Collection<DatasetName> names) {
        List<Access> accesses = new ArrayList<>();
        names.forEach(name -> accesses.add(Access.write(name.value())));
        return accesses;
    }

    @Override
    public String location() {
        return pool.location();
    }

    @Override
    public Path state() {
        return pool.state();
    }

    @Override
    public Lease lease(String purpose) {
        Actor actor = Actor.current();
        if (actor == null) {
            return pool.lease(purpose);
        }
        // A lease that protects nothing yet makes no difference to anybody: no step but for a crash.
        actor.at(Step.of("lease"));
        Lease lease = pool.lease(purpose);
        actor.leased(lease);
        return new StepLease(lease, actor);
    }

    @Override
    public Optional<Path> folderAtRest(DatasetName name) {
        return pool.folderAtRest(name);
    }

    @Override
    public List<LeaseInfo> leases() {
        return step("leases", pool::leases, Access.read("lease/*"));
    }

    @Override
    public List<Dataset> list(DatasetName parent, Consumer<AxiomException> trouble) {
        return step("datasets of " + parent, () -> pool.list(parent, trouble), Access.read(parent + "/*"));
    }

    @Override
    public List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble) {
        return step("parents of " + parent, () -> pool.parents(parent, trouble), Access.read("parents/" + parent));
    }

    @Override
    public Optional<Dataset> find(DatasetName name) {
        return step("find " + name, () -> pool.find(name), Access.read(name.value()));
    }

    @Override
    public void hold(HoldTag tag, Collection<DatasetName> names) {
        List<DatasetName> half = List.copyOf(names).subList(0, names.size() / 2);
        @Nullable Runnable crash = half.isEmpty() ? null : () -> pool.hold(tag, half);
        step(new Step("hold " + tag + " " + names, writes(names), Step.LockUse.NONE, crash));
        if (postpones(Mutation.READY_BEFORE_HOLD, "late hold", names, () -> pool.hold(tag, names))) {
            return;
        }
        pool.hold(tag, names);
        names.forEach(watch::used);
    }

    @Override
    public void release(HoldTag tag, Collection<DatasetName> names) {
        if (postpones(Mutation.RECORD_GOES_BEFORE_HOLDS, "late release", names, () -> pool.release(tag, names))) {
            return;
        }
        for (DatasetName name : names) {
            step(Step.of("release " + tag + " " + name, Access.write(name.value())));
            pool.release(tag, List.of(name));
            watch.used(name);
        }
    }

    /** Puts something off until the record's file has its next name, if it is to be broken so. */
    private boolean postpones(Mutation mutation, String label, Collection<DatasetName> names, Runnable work) {
        Actor actor = Actor.current();
        if (actor == null || actor.name.startsWith("gc") || !mutations.contains(mutation)) {
            return false;
        }
        actor.postpone(() -> {
            actor.at(Step.of(label + " " + names, writes(names)));
            work.run();
        });
        return true;
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names) {
        List<Access> reads =
                names.stream().map(name -> Access.read(name.value())).toList();
        step(Step.of("holds " + names, reads));
        return pool.holds(names);
    }

    @Override
    public void markDead(Collection<DatasetName> names, Instant since) {
        for (DatasetName name : names) {
            step(Step.of("mark dead " + name, Access.write(name.value())));
            pool.markDead(List.of(name), since);
        }
    }

    @Override
    public void clearDead(Collection<DatasetName> names) {
        for (DatasetName name : names) {
            step(Step.of("clear dead " + name, Access.write(name.value())));
            pool.clearDead(List.of(name));
        }
    }

    @Override
    public List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch) {
        Lease inner = owner instanceof StepLease lease ? lease.lease : owner;
        List<Destruction> results = new ArrayList<>();
        for (Condemned one : batch) {
            DatasetName name = one.name();
            step(Step.of("destroy " + name, Access.write(name.value()), parent(name)));
            watch.condemned(name);
            Destruction result = pool.destroyUnheld(inner, List.of(one)).get(0);
            if (result.outcome() == Destruction.Outcome.DESTROYED) {
                watch.destroyed(name);
            }
            results.add(result);
        }
        return results;
    }

    /** What a listing of parents tells, for environments. */
    private static Access parent(DatasetName name) {
        String value = name.value();
        return value.startsWith("env/") ? Access.write("parents/env") : Access.read("parents/store");
    }

    @Override
    public void recover(Consumer<AxiomException> trouble) {
        // Only what belongs to the dead changes, and nobody can tell; but who is dead must not change.
        boolean harmless = mutations.stream().noneMatch(Mutation::isOfRecovery);
        step(
                harmless
                        ? Step.of("recover", Access.read("lease/*"))
                        : Step.of("recover", Access.read("lease/*"), Access.write("staging"), Access.write("store/*")));
        pool.recover(trouble);
    }

    @Override
    public void sync() {
        step(Step.of("sync"));
        pool.sync();
    }

    @Override
    public void close() {
        pool.close();
    }

    private final class StepLease implements Lease {
        private final Lease lease;
        private final Actor actor;

        StepLease(Lease lease, Actor actor) {
            this.lease = lease;
            this.actor = actor;
        }

        private Access self() {
            return Access.write("lease/" + lease.id());
        }

        @Override
        public String id() {
            return lease.id();
        }

        @Override
        public void protect(Collection<DatasetName> names) {
            List<Access> accesses = writes(names);
            accesses.add(self());
            step(Step.of("protect " + names, accesses));
            lease.protect(names);
            hold(names);
        }

        private void hold(Collection<DatasetName> names) {
            actor.holds(lease.id(), names.stream().map(DatasetName::value).toList());
            names.forEach(watch::used);
        }

        @Override
        public Path open(DatasetName name) {
            step(Step.of("open " + name, Access.write(name.value()), self()));
            Path path = lease.open(name);
            hold(List.of(name));
            return path;
        }

        @Override
        public Staging stage() {
            step(Step.of("stage", staging()));
            return new StepStaging(lease.stage(), this);
        }

        @Override
        public boolean isAlive() {
            return lease.isAlive();
        }

        @Override
        public void inherit() {
            step(Step.of("inherit"));
            lease.inherit();
        }

        @Override
        public void close() {
            List<Access> accesses = new ArrayList<>();
            accesses.add(self());
            actor.heldBy(lease.id()).forEach(name -> accesses.add(Access.write(name)));
            step(Step.of("close the lease", accesses));
            lease.close();
            actor.heldBy(lease.id()).forEach(name -> watch.used(new DatasetName(name)));
            actor.leaseClosed(lease.id());
        }
    }

    private List<Access> staging() {
        return mutations.stream().noneMatch(Mutation::isOfRecovery) ? List.of() : List.of(Access.write("staging"));
    }

    private final class StepStaging implements Staging {
        private final Staging staging;
        private final StepLease lease;
        private Map<String, String> late = Map.of();

        StepStaging(Staging staging, StepLease lease) {
            this.staging = staging;
            this.lease = lease;
        }

        @Override
        public DatasetName name() {
            return staging.name();
        }

        @Override
        public Path path() {
            return staging.path();
        }

        @Override
        public void seal(Map<String, String> properties, long bytes) {
            step(Step.of("seal", staging()));
            late = properties;
            staging.seal(mutations.contains(Mutation.PUBLISH_BEFORE_SEAL) ? Map.of() : properties, bytes);
        }

        @Override
        public void publish(DatasetName name) {
            List<Access> accesses = new ArrayList<>(staging());
            accesses.addAll(List.of(Access.write(name.value()), lease.self(), parent(name)));
            step(Step.of("publish " + name, accesses));
            staging.publish(name);
            lease.hold(List.of(name));
            if (mutations.contains(Mutation.PUBLISH_BEFORE_SEAL)) {
                step(Step.of("late seal " + name, Access.write(name.value())));
                ((SimulatedPool) pool).seal(name, late);
            }
        }

        @Override
        public void close() {
            step(Step.of("close the staging", staging()));
            staging.close();
        }
    }
}
