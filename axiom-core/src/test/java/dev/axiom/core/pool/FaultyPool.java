package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Any pool, until its {@link Faults} say otherwise: then one call fails, or the "process" dies at it. */
public final class FaultyPool implements Pool {
    private final Pool pool;
    private final Faults faults;

    private FaultyPool(Pool pool, Faults faults) {
        this.pool = pool;
        this.faults = faults;
    }

    /**
     * Wraps a pool of any kind.
     *
     * @param call which call breaks, counted from 1; 0 for none
     * @param abandon ends a lease of that pool as the death of its process does
     */
    public static FaultyPool over(Pool pool, int call, Faults.Mode mode, Consumer<Lease> abandon) {
        return new FaultyPool(pool, new Faults(call, mode, abandon));
    }

    /** Wraps a directory pool or a simulated one, whose leases are known how to kill. */
    public static FaultyPool over(Pool pool, int call, Faults.Mode mode) {
        return over(pool, call, mode, FaultyPool::abandon);
    }

    /** Ends a lease of a directory pool or a simulated one, wrapped or not, as the death of its process does. */
    public static void abandon(Lease lease) {
        if (lease instanceof DirectoryLease directory) {
            directory.abandon();
        } else if (lease instanceof SimulatedPool.SimulatedLease simulated) {
            simulated.die();
        } else if (lease instanceof FaultyLease faulty) {
            abandon(faulty.lease);
        } else {
            throw new IllegalArgumentException("no way known to kill a " + lease.getClass());
        }
    }

    public Faults faults() {
        return faults;
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
        return faults.call(
                "lease",
                () -> {
                    Lease lease = pool.lease(purpose);
                    faults.leased(lease);
                    return new FaultyLease(lease);
                },
                FaultyLease::giveUp);
    }

    @Override
    public Lease leaseInNeed(String purpose) {
        return faults.call(
                "lease in need",
                () -> {
                    Lease lease = pool.leaseInNeed(purpose);
                    faults.leased(lease);
                    return new FaultyLease(lease);
                },
                FaultyLease::giveUp);
    }

    @Override
    public <T> T glance(DatasetName name, Function<Path, T> reading) {
        return faults.call("glance " + name, () -> pool.glance(name, reading));
    }

    @Override
    public Optional<Path> folderAtRest(DatasetName name) {
        return pool.folderAtRest(name);
    }

    @Override
    public List<LeaseInfo> leases() {
        return faults.call("leases", pool::leases);
    }

    @Override
    public List<Dataset> list(DatasetName parent, Consumer<AxiomException> trouble) {
        return faults.call("list " + parent, () -> pool.list(parent, trouble));
    }

    @Override
    public List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble) {
        return faults.call("parents " + parent, () -> pool.parents(parent, trouble));
    }

    @Override
    public Optional<Dataset> find(DatasetName name) {
        return faults.call("find " + name, () -> pool.find(name));
    }

    @Override
    public void hold(HoldTag tag, Collection<DatasetName> names) {
        faults.run("hold " + tag, () -> pool.hold(tag, names));
    }

    @Override
    public void release(HoldTag tag, Collection<DatasetName> names) {
        faults.run("release " + tag, () -> pool.release(tag, names));
    }

    @Override
    public Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names) {
        return faults.call("holds", () -> pool.holds(names));
    }

    @Override
    public void markDead(Collection<DatasetName> names, Instant since) {
        faults.run("markDead", () -> pool.markDead(names, since));
    }

    @Override
    public void clearDead(Collection<DatasetName> names) {
        faults.run("clearDead", () -> pool.clearDead(names));
    }

    @Override
    public List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch) {
        Lease inner = owner instanceof FaultyLease faulty ? faulty.lease : owner;
        return faults.call("destroyUnheld", () -> pool.destroyUnheld(inner, batch));
    }

    @Override
    public Taken takeUnheld(Lease owner, List<Condemned> batch) {
        Lease inner = owner instanceof FaultyLease faulty ? faulty.lease : owner;
        return faults.call("takeUnheld", () -> new FaultyTaken(pool.takeUnheld(inner, batch)));
    }

    @Override
    public void recover(Consumer<AxiomException> trouble) {
        faults.run("recover", () -> pool.recover(trouble));
    }

    @Override
    public void sync() {
        faults.run("sync", pool::sync);
    }

    /** Never breaks, not even after a crash, so that a test can clean up. */
    @Override
    public void close() {
        pool.close();
    }

    private final class FaultyLease implements Lease {
        private final Lease lease;

        FaultyLease(Lease lease) {
            this.lease = lease;
        }

        private void giveUp() {
            faults.closed(lease);
            lease.close();
        }

        @Override
        public String id() {
            return lease.id();
        }

        @Override
        public void protect(Collection<DatasetName> names) {
            faults.run("protect", () -> lease.protect(names));
        }

        @Override
        public Path open(DatasetName name) {
            return faults.call("open " + name, () -> lease.open(name));
        }

        @Override
        public Path look(DatasetName name) {
            return faults.call("look " + name, () -> lease.look(name));
        }

        @Override
        public Staging stage() {
            return faults.call("stage", () -> new FaultyStaging(lease.stage()), FaultyStaging::giveUp);
        }

        @Override
        public boolean isAlive() {
            return lease.isAlive();
        }

        @Override
        public void inherit() {
            faults.run("inherit", lease::inherit);
        }

        @Override
        public void close() {
            faults.runUnfailing("close lease", this::giveUp);
        }
    }

    private final class FaultyTaken implements Taken {
        private final Taken taken;

        FaultyTaken(Taken taken) {
            this.taken = taken;
        }

        @Override
        public List<Destruction> results() {
            return taken.results();
        }

        @Override
        public List<Destruction> erase() {
            List<Destruction> erased = new ArrayList<>();
            faults.runUnfailing("erase", () -> erased.addAll(taken.erase()));
            return erased;
        }
    }

    private final class FaultyStaging implements Staging {
        private final Staging staging;

        FaultyStaging(Staging staging) {
            this.staging = staging;
        }

        private void giveUp() {
            staging.close();
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
            faults.run("seal", () -> staging.seal(properties, bytes));
        }

        @Override
        public void publish(DatasetName name) {
            faults.run("publish " + name, () -> staging.publish(name));
        }

        @Override
        public void close() {
            faults.run("close staging", staging::close);
        }
    }
}
