package dev.axiom.core.pool;

import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.testing.Race;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the checks of {@link PoolContract} share: a fresh pool for each, and short words for what they do with it. */
abstract class PoolFixture {
    private static final int PUBLISHERS = 64;

    static final DatasetName STORE = new DatasetName("store");
    static final DatasetName ENV = new DatasetName("env");
    static final HoldTag PIN = new HoldTag("pin:base");
    static final HoldTag PROFILE = new HoldTag("profile:dev:1");
    static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    Pool pool;
    Lease lease;

    /** A new, empty pool. */
    protected abstract Pool newPool() throws Exception;

    /** The same pool as another process, or one after a restart, sees it; the given one may be closed by that. */
    protected abstract Pool reopen(Pool pool) throws Exception;

    /** Ends a lease of this pool as the death of its process does: without any clean-up. */
    protected abstract void kill(Lease lease) throws Exception;

    /** Whether {@link Lease#look} leaves dead-since alone; a pool may take looking for using. */
    protected boolean tellsLookingFromUsing() {
        return true;
    }

    /** How many datasets are many; a pool may say fewer where each costs a real disk's sync. */
    protected int many() {
        return 1_000;
    }

    /** How often a race is run. */
    protected int rounds() {
        return 40;
    }

    @BeforeEach
    final void openPool() throws Exception {
        pool = newPool();
        lease = pool.lease("contract");
    }

    @AfterEach
    final void closePool() {
        lease.close();
        pool.close();
    }

    static DatasetName pkg(String leaf) {
        return STORE.child(leaf);
    }

    static List<DatasetName> pkgs(String... leaves) {
        return Stream.of(leaves).map(PoolFixture::pkg).toList();
    }

    /** Publishes a dataset that nobody holds then; its one file {@code content} holds its name. */
    final DatasetName publish(String leaf) throws Exception {
        try (Lease own = pool.lease("publish " + leaf)) {
            return publish(own, pkg(leaf), Map.of("test", leaf));
        }
    }

    /** Publishes a dataset that the lease goes on holding. */
    final DatasetName publish(Lease owner, DatasetName name, Map<String, String> properties) throws Exception {
        try (Staging staging = filled(owner, name.leaf())) {
            staging.seal(properties, 4096);
            staging.publish(name);
        }
        return name;
    }

    /** Publishes {@code p0}, {@code p1}, … with a property {@code number}; by several threads, which share syncs. */
    final List<DatasetName> publishMany(int count) throws Exception {
        try (Lease own = pool.lease("publish many")) {
            Race.run(PUBLISHERS, number -> {
                for (int i = number; i < count; i += PUBLISHERS) {
                    publish(own, pkg("p" + i), Map.of("number", "" + i));
                }
            });
        }
        return IntStream.range(0, count).mapToObj(i -> pkg("p" + i)).toList();
    }

    /** A staging with a file {@code content}. */
    static Staging filled(Lease owner, String text) throws Exception {
        Staging staging = owner.stage();
        Files.writeString(staging.path().resolve("content"), text);
        return staging;
    }

    static String contentOf(Path folder) throws Exception {
        return Files.readString(folder.resolve("content"), StandardCharsets.UTF_8);
    }

    final Optional<Instant> deadSince(DatasetName name) {
        return pool.find(name).orElseThrow().deadSince();
    }

    /** As a plan made now would condemn it. */
    final Condemned condemned(DatasetName name) {
        return new Condemned(name, pool.find(name).flatMap(Dataset::deadSince));
    }

    final List<Destruction> destroy(Collection<DatasetName> names) {
        try (Lease collector = pool.lease("collect")) {
            return pool.destroyUnheld(
                    collector, names.stream().map(this::condemned).toList());
        }
    }

    final Outcome destroy(DatasetName name) {
        return destroy(List.of(name)).get(0).outcome();
    }

    final boolean exists(DatasetName name) {
        return pool.find(name).isPresent();
    }

    final List<DatasetName> listed(DatasetName parent) {
        return pool.list(parent).stream().map(Dataset::name).sorted().toList();
    }
}
