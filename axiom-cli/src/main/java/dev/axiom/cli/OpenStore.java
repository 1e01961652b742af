package dev.axiom.cli;

import dev.axiom.core.env.Environments;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.Settings;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.profile.ProfileResolver;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.Pins;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import dev.axiom.gc.GcLock;
import dev.axiom.zfs.ZfsPools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pool with everything that a command works with, put together once. Those who write take a lease for the whole
 * command, and clean up first what dead commands left.
 */
public final class OpenStore implements AutoCloseable {
    private static final String ONLY_LOOKS =
            "your user may look at this pool and not write to it: ask who owns it, or make one of your own with --pool dir:PATH";

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private static volatile UnaryOperator<Pool> wrapper = UnaryOperator.identity();

    private final Settings settings;
    private final Pool pool;
    private final StoreLayout layout;
    private final StoreLocks locks;
    private final Records records;
    private final PackageStore packages;
    private final String purpose;
    private boolean makesRoom;
    private @Nullable Lease lease;

    /** For tests: puts something around every pool that is opened from now on, to see or break what is done to it. */
    static void wrapPools(UnaryOperator<Pool> other) {
        wrapper = other;
    }

    private OpenStore(Session session, Settings settings, Pool pool, String purpose) {
        this.settings = settings;
        this.pool = pool;
        this.purpose = "axiom " + purpose;
        this.layout = new StoreLayout(pool.state());
        this.locks = new StoreLocks(layout, lockTimeout(session, settings), this.purpose);
        this.records = new Records(pool, layout);
        this.packages = new PackageStore(pool);
    }

    /** What a command wants the pool for. A folder is made at its first use, a dataset only when somebody asks for it. */
    private enum Use {
        READ,
        WRITE,
        MAKE_ROOM,
        COLLECT,
        SET_UP
    }

    /**
     * Opens for a command that changes nothing.
     *
     * @param purpose the command without {@code axiom}, such as {@code "package list"}
     * @throws AxiomException {@code UNAVAILABLE} if there is no such pool
     */
    public static OpenStore forReading(Session session, String purpose) {
        Settings settings = settings(session);
        return new OpenStore(session, settings, open(session, settings, Use.READ), purpose);
    }

    /**
     * Opens for a command that writes: makes a {@code dir:} pool that is not there yet, and removes what dead commands
     * left behind.
     *
     * @throws AxiomException {@code UNAVAILABLE} if that is not possible
     */
    public static OpenStore forWriting(Session session, String purpose) {
        return forWriting(session, purpose, Use.WRITE);
    }

    /** As {@link #forWriting(Session, String)}, for a command that makes room: it works in a full pool too, and makes none. */
    public static OpenStore forRemoving(Session session, String purpose) {
        return forWriting(session, purpose, Use.MAKE_ROOM);
    }

    /**
     * As {@link #forRemoving}, for a collection: nothing among the roots may be passed over.
     *
     * @throws AxiomException {@code CORRUPT}, naming the place, if something there cannot be understood
     */
    public static OpenStore forCollecting(Session session) {
        return forWriting(session, "gc", Use.COLLECT);
    }

    /** As {@link #forWriting(Session, String)}, but makes a {@code zfs:} pool as well. */
    public static OpenStore forSetup(Session session) {
        return forWriting(session, "setup", Use.SET_UP);
    }

    private static OpenStore forWriting(Session session, String purpose, Use use) {
        Settings settings = settings(session);
        OpenStore store = new OpenStore(session, settings, open(session, settings, use), purpose);
        try {
            store.makesRoom = use == Use.MAKE_ROOM || use == Use.COLLECT;
            GcLock.prepare(store.layout);
            store.recover(session, use);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** What cannot be understood is told, once, and left as it is; it stops a collection only. */
    private void recover(Session session, Use use) {
        Consumer<AxiomException> tell = session.output()::trouble;
        Consumer<AxiomException> trouble = use == Use.COLLECT ? Damage.STOP : tell;
        pool.recover(tell); // what cannot be removed there keeps nothing alive, so a collection goes on as well
        records.recover(trouble);
        profiles().recover(lease(), trouble);
        environments().recover(lease()).problems().forEach(tell);
    }

    /**
     * What the configuration says, read anew.
     *
     * @throws AxiomException {@code INVALID} if a file breaks a rule, {@code UNAVAILABLE} if it cannot be read
     */
    public static Settings settings(Session session) {
        return Configuration.of(session.environment(), session.options());
    }

    /** Whether the pool that the run is to work on is there already. */
    public static boolean exists(Session session) {
        Settings settings = settings(session);
        PoolLocation location = PoolChoice.of(session.environment(), session.options(), settings.pool());
        return location.kind() == PoolLocation.Kind.ZFS
                ? ZfsPools.exists(location.name())
                : DirectoryPool.exists(session.environment().directory().resolve(location.name()));
    }

    private static Pool open(Session session, Settings settings, Use use) {
        PoolLocation location = PoolChoice.of(session.environment(), session.options(), settings.pool());
        if (location.kind() == PoolLocation.Kind.ZFS) {
            return use == Use.SET_UP ? ZfsPools.create(location.name()) : ZfsPools.open(location.name());
        }
        Path folder = session.environment().directory().resolve(location.name());
        if (use == Use.READ || use == Use.MAKE_ROOM || use == Use.COLLECT) {
            return wrapper.apply(DirectoryPool.open(folder));
        }
        if (use == Use.WRITE && !DirectoryPool.exists(folder)) {
            session.output().note("axiom: making the pool dir:" + folder);
        }
        return wrapper.apply(DirectoryPool.create(folder));
    }

    private static Duration lockTimeout(Session session, Settings settings) {
        Duration said = session.options().lockTimeout();
        Duration configured = settings.lockTimeout();
        return said != null ? said : configured != null ? configured : LOCK_TIMEOUT;
    }

    /** The command's lease, taken at the first call and released with the store. */
    public synchronized Lease lease() {
        if (lease == null) {
            lease = takeLease();
        }
        return lease;
    }

    private Lease takeLease() {
        try {
            return makesRoom ? pool.leaseInNeed(purpose) : pool.lease(purpose);
        } catch (AxiomException e) {
            throw PosixException.meansForbidden(e) ? e.withHint(ONLY_LOOKS) : e;
        }
    }

    /** How much work a command does at once: {@code said}, else as configured, else one piece for each processor. */
    public int jobs(@Nullable Integer said) {
        Integer configured = said != null ? said : settings.jobs();
        return configured != null ? configured : Runtime.getRuntime().availableProcessors();
    }

    public Settings settings() {
        return settings;
    }

    public Pool pool() {
        return pool;
    }

    public StoreLayout layout() {
        return layout;
    }

    public StoreLocks locks() {
        return locks;
    }

    public Records records() {
        return records;
    }

    public PackageStore packages() {
        return packages;
    }

    public Profiles profiles() {
        return new Profiles(layout, records, locks);
    }

    public Environments environments() {
        return new Environments(pool, layout, records, locks);
    }

    public Pins pins() {
        return new Pins(records, locks);
    }

    public ProfileResolver resolver() {
        return new ProfileResolver(profiles(), packages, records);
    }

    @Override
    public synchronized void close() {
        if (lease != null) {
            lease.close();
        }
        pool.close();
    }
}
