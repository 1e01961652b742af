package dev.axiom.gc.damage;

import dev.axiom.core.env.ConflictPolicy;
import dev.axiom.core.env.Environments;
import dev.axiom.core.env.RealizeRequest;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Uptime;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.profile.ProfileResolver;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.profile.ResolveRequest;
import dev.axiom.core.store.Pins;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import dev.axiom.core.store.TestStore;
import dev.axiom.core.testing.Snapshot;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.EnvGenerations;
import dev.axiom.gc.GarbageCollector;
import dev.axiom.gc.Plan;
import dev.axiom.gc.ProfileGenerations;
import dev.axiom.gc.Progress;
import dev.axiom.gc.Report;
import dev.axiom.gc.StopSignal;
import dev.axiom.gc.Target;
import dev.axiom.gc.Timepiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A store with a root of every kind, in every state, and with everything that a collection takes: made by the program's
 * own code, to be damaged. Not root's own, so that files can be unreadable.
 */
final class DamagedStore implements AutoCloseable {
    /** Dead leases that left something; the same in every store, so that a case can be played again. */
    private static final String DEAD = "00000000-0000-4000-8000-00000000000";

    private static final Path ENV_POINTER = Path.of("envs/desk/current");
    private static final Path PROFILE_POINTER = Path.of("profiles/dev/profile.lock.yaml");
    private static final Pattern GENERATION = Pattern.compile("[123](?=/root$|\\.lock\\.yaml$)");

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final Clock FIRST = Clock.fixed(START, ZoneOffset.UTC);
    private static final Clock NEXT_DAY = Clock.fixed(START.plus(Duration.ofHours(25)), ZoneOffset.UTC);

    private static final ResolveRequest NEWEST = ResolveRequest.anew(Preference.NEWEST);

    private final Path folder;
    private final TestStore store;
    private final Lease running;
    private final Snapshot whole;

    DamagedStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        FileUser.give(folder);
        FileUser.beNobody();
        try {
            this.store = new TestStore(folder);
            this.running = store.pool.lease("axiom env run desk -- sh");
            fill();
            Files.createDirectory(aside());
        } finally {
            FileUser.beOneself();
        }
        this.whole = Snapshot.of(pool());
    }

    private void fill() throws IOException {
        try (Lease lease = store.pool.lease("test")) {
            store.add(lease, "dead", "1.0");
            collect(CollectOptions.DEFAULT, FIRST); // notes that it is dead
            for (String version : List.of("1.0", "2.0", "3.0")) {
                store.add(lease, "app", version);
            }
            profile(lease);
            PackageId pinned = store.add(lease, "pinned", "1.0").id();
            new Pins(store.records, locks()).add(lease, new Pin("base", "a release", List.of(pinned)));
            PackageId used = store.add(lease, "used", "1.0").id();
            running.protect(List.of(StoreLayout.packageDataset(used)));
            inWork(lease);
            orphan(lease);
            store.add(lease, "fresh", "1.0");
        }
        collect(CollectOptions.DEFAULT, FIRST);
    }

    /** Three generations of a profile and of an environment; the first is current again, as after a rollback. */
    private void profile(Lease lease) {
        Profiles profiles = profiles();
        Environments environments = environments();
        ProfileName dev = new ProfileName("dev");
        EnvName desk = new EnvName("desk");
        profiles.create(lease, dev, "");
        for (String version : List.of("1.0", "2.0", "3.0")) {
            profiles.add(lease, dev, List.of(Requirement.parse("app@=" + version)));
            new ProfileResolver(profiles, store.packages, store.records).resolve(lease, dev, NEWEST);
            environments.realize(
                    lease,
                    desk,
                    new RealizeRequest(
                            () -> profiles.current(dev).orElseThrow(), EnvStrategy.LINK, ConflictPolicy.ERROR, false));
        }
        profiles.rollback(lease, dev, Optional.of(1));
        environments.rollback(lease, desk, Optional.of(1));
    }

    /** What two dead commands and a living one have begun with pins, and a draft. */
    private void inWork(Lease lease) throws IOException {
        Pins pins = new Pins(store.records, locks());
        for (String name : List.of("half", "going", "now")) {
            PackageId id = store.add(lease, name, "1.0").id();
            pins.add(lease, new Pin(name, "", List.of(id)));
        }
        Path folder = store.pool.state().resolve("pins");
        rename(folder.resolve("half.pin.yaml"), ".preparing." + DEAD + 1);
        rename(folder.resolve("going.pin.yaml"), ".removing." + DEAD + 2);
        rename(folder.resolve("now.pin.yaml"), ".preparing." + running.id());
        Files.writeString(folder.resolve(".draft-" + DEAD + 3 + "-x"), "half a");
    }

    private static void rename(Path file, String suffix) throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + suffix));
    }

    /** A generation whose maker died before its record, and a staging whose maker died. */
    private void orphan(Lease lease) throws IOException {
        try (Staging staging = lease.stage()) {
            Files.createDirectory(staging.path().resolve("root"));
            staging.seal(Map.of(), 100);
            staging.publish(StoreLayout.envDataset(new EnvName("crashed"), 1));
        }
        Files.createDirectories(pool().resolve("staging/" + DEAD + "4-1/root"));
    }

    /** The first thing that a collection does with roots, and that may fail. */
    void readRoots() {
        store.records.roots();
    }

    /** As {@code axiom gc --dry-run} does it, on the next day. */
    Plan plan(CollectOptions options) {
        return new GarbageCollector(target(), steady(NEXT_DAY)).plan(options);
    }

    /** As {@code axiom gc} does it, on the next day. */
    Report collect(CollectOptions options) {
        return collect(options, NEXT_DAY);
    }

    private Report collect(CollectOptions options, Clock clock) {
        store.pool.recover();
        store.records.recover();
        try (Lease lease = store.pool.leaseInNeed("axiom gc")) {
            profiles().recover(lease);
            environments().recover(lease);
            return new GarbageCollector(target(), steady(clock))
                    .run(
                            options,
                            new GarbageCollector.Surroundings(
                                    Optional.of(folder.resolve("gc.lock")), Progress.NONE, new StopSignal(), 1));
        }
    }

    /** Beside a machine that has been up all the time. */
    private static Timepiece steady(Clock clock) {
        return Timepiece.of(clock, () -> Optional.of(new Uptime("boot", Duration.between(START, clock.instant()))));
    }

    private Target target() {
        return new Target(
                store.pool,
                store.layout,
                List.of(new ProfileGenerations(profiles()), new EnvGenerations(environments())));
    }

    private Profiles profiles() {
        return new Profiles(store.layout, store.records, locks());
    }

    private Environments environments() {
        return new Environments(store.pool, store.layout, store.records, locks());
    }

    /** As for a command that does not wait, so that a case which meets a lock costs no time. */
    private StoreLocks locks() {
        return new StoreLocks(store.layout, Duration.ZERO, "a test");
    }

    Path pool() {
        return folder.resolve("pool");
    }

    /** Whether it is a record, in any state. */
    boolean isRecord(Path path) {
        String name = path.getFileName().toString();
        return isOfState(path)
                && whole.isFile(path)
                && (Objects.requireNonNull(path.getParent()).endsWith("generations") || name.contains(".pin.yaml"));
    }

    boolean isOfState(Path path) {
        return path.startsWith(store.pool.state());
    }

    /** Whether it is a dataset or in one, and not of its content. */
    boolean isOfPool(Path path) {
        Path inPool = pool().relativize(path);
        return (inPool.startsWith("store") || inPool.startsWith("env"))
                && StreamSupport.stream(inPool.spliterator(), false).noneMatch(name -> name.endsWith("root"));
    }

    /** Whether it is the file of the lease that lives. */
    boolean isLease(Path path) {
        return path.endsWith(running.id());
    }

    /** Whether it is a pointer that now names another generation, as after a rollback: nobody can tell that from one. */
    boolean isRolledBack(Path path) throws IOException {
        boolean pointer = path.endsWith(ENV_POINTER) || path.endsWith(PROFILE_POINTER);
        if (!pointer || !Files.isSymbolicLink(path)) {
            return false;
        }
        Matcher now = GENERATION.matcher(Files.readSymbolicLink(path).toString());
        return now.find()
                && !now.group().equals("1")
                && now.replaceFirst("1").equals(whole.link(path).toString());
    }

    /** Whether it says since when something is dead; that goes when it is not dead after all. */
    static boolean isMark(Path path) {
        return path.getFileName().toString().startsWith("dead-since");
    }

    /** A folder on the same file system, for what a replacement takes the place of. */
    Path aside() {
        return folder.resolve("aside");
    }

    Snapshot whole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        running.close();
        store.close();
        TreeRemoval.delete(folder);
    }
}
