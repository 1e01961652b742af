package dev.axiom.gc.schedule;

import dev.axiom.core.env.Environments;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.SimulatedPool;
import dev.axiom.core.profile.ProfileResolver;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.Pins;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import dev.axiom.gc.EnvGenerations;
import dev.axiom.gc.ProfileGenerations;
import dev.axiom.gc.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A store in a simulated pool, seen by the actors through steps, and by the checks without. */
final class Bench implements AutoCloseable {
    private static final Duration LONG = Duration.ofDays(1); // no wait is a wait in time

    final Path top;
    final SimulatedPool pool;
    final StoreLayout layout;
    final Ticking clock = new Ticking();
    final Set<Mutation> mutations;
    final Parts real;

    /** The parts of a store over one view of the pool. */
    record Parts(Pool pool, StoreLayout layout) {
        StoreLocks locks() {
            return new StoreLocks(layout, LONG, "an actor");
        }

        Records records() {
            return new Records(pool, layout);
        }

        PackageStore packages() {
            return new PackageStore(pool);
        }

        Pins pins() {
            return new Pins(records(), locks());
        }

        Profiles profiles() {
            return new Profiles(layout, records(), locks());
        }

        Environments environments() {
            return new Environments(pool, layout, records(), locks());
        }

        ProfileResolver resolver() {
            return new ProfileResolver(profiles(), packages(), records());
        }

        Target target() {
            return new Target(
                    pool, layout, List.of(new ProfileGenerations(profiles()), new EnvGenerations(environments())));
        }

        /** What every command that writes does first. */
        void start() {
            pool.recover();
            records().recover();
            try (var lease = pool.lease("start")) {
                profiles().recover(lease);
                environments().recover(lease);
            }
        }
    }

    /**
     * A store without anything in it.
     *
     * @param top an empty folder; it goes when this is closed
     */
    Bench(Path top, long seed, Set<Mutation> mutations) {
        this.top = top;
        this.mutations = mutations;
        this.pool = new SimulatedPool(top, seed);
        this.layout = new StoreLayout(pool.state());
        this.real = new Parts(pool, layout);
    }

    Path chosenLock() {
        return top.resolve("chosen.lock");
    }

    static DatasetName dataset(String name) {
        return StoreLayout.packageDataset(Template.of(name).id());
    }

    @Override
    public void close() {
        try {
            TreeRemoval.delete(top);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
