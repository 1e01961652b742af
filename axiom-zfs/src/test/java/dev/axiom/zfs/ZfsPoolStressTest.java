package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Destruction.Outcome;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenZFS when much comes together: many racers, a rogue collector, a full pool, many packages. */
@EnabledIfEnvironmentVariable(
        named = "AXIOM_TEST_DATASET",
        matches = ".+",
        disabledReason = "AXIOM_TEST_DATASET names no ZFS dataset to make pools in; ./check --zfs does")
class ZfsPoolStressTest {
    private static final int PROCESSES = 8;
    private static final DatasetName HELD = new DatasetName("store/held");

    /** AXIOM_TEST_MANY=2000 takes long where the processor is emulated. */
    private static final int MANY = Integer.parseInt(System.getenv().getOrDefault("AXIOM_TEST_MANY", "300"));

    private static final int PLANTERS = 16;

    private final String parent = System.getenv("AXIOM_TEST_DATASET");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** 64 threads in 8 processes, all let go at once. */
    @Test
    void oneOfManyRacersWins() throws Exception {
        Path gate = Files.createFile(folder.resolve("gate"));
        List<ChildJvm> children = new ArrayList<>();
        try (Pool pool = ZfsPools.create(parent + "/race");
                FileChannel channel = FileChannel.open(gate, StandardOpenOption.WRITE)) {
            try (FileLock closed = channel.lock()) {
                for (int i = 0; i < PROCESSES; i++) {
                    children.add(ChildJvm.start(ZfsPoolChild.class, "race", parent + "/race", gate));
                }
                for (ChildJvm child : children) {
                    child.await("ready");
                }
            }
            for (ChildJvm child : children) {
                child.succeed();
            }
            try (var files = Files.list(folder)) {
                assertThat(files.filter(file -> !file.equals(gate)))
                        .as("winners")
                        .hasSize(1);
            }
            assertThat(pool.list(ZfsNames.STORE)).extracting(Dataset::name).containsExactly(HELD);
            ZfsPoolKernelTest.assertWhole(pool, HELD);
            assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
            assertThat(pool.leases()).isEmpty();
        } finally {
            for (ChildJvm child : children) {
                child.close();
            }
        }
    }

    /** One way to destroy a dataset. It says how it ended, or throws. */
    private interface Way {
        Outcome destroy(DatasetName name) throws Exception;
    }

    /** A collector that thinks everything is dead, and tries every way that is not forced. */
    @Test
    void aRogueCollectorDestroysNothingThatIsHeld() throws Exception {
        String root = parent + "/rogue";
        DatasetName pinned = new DatasetName("store/pinned");
        DatasetName leased = new DatasetName("store/leased");
        DatasetName open = new DatasetName("store/open");
        List<DatasetName> all = List.of(pinned, leased, open);
        try (Pool pool = ZfsPools.create(root);
                Lease user = pool.lease("user");
                Staging staging = user.stage()) {
            try (Lease maker = pool.lease("maker")) {
                for (DatasetName name : all) {
                    ZfsPoolKernelTest.publish(maker, name);
                }
            }
            pool.hold(ZfsPoolKernelTest.PIN, List.of(pinned));
            user.protect(List.of(leased));
            Path content = user.open(open).resolve("content");
            Files.writeString(staging.path().resolve("content"), "in the making");
            staging.seal(Map.of(), 1);
            for (Way way : ways(pool, new ZfsNames(root))) {
                for (DatasetName name : List.of(pinned, leased, open, staging.name())) {
                    assertRefused(way, name);
                }
                pool.markDead(all, Instant.EPOCH);
                pool.recover();
            }
            assertThat(content).hasContent(open.value());
            assertThat(staging.path().resolve("content")).hasContent("in the making");
            for (DatasetName name : all) {
                ZfsPoolKernelTest.assertWhole(pool, name);
                assertThat(pool.find(name).flatMap(Dataset::deadSince)).isEmpty();
            }
        }
    }

    private static List<Way> ways(Pool pool, ZfsNames names) {
        ZfsCore core = ThreadSafeZfs.instance().core();
        Way collect = name -> collect(pool, List.of(name)).get(0).outcome();
        return List.of(
                collect,
                name -> {
                    core.permitPrograms(false);
                    try {
                        return collect.destroy(name);
                    } finally {
                        core.permitPrograms(true);
                    }
                },
                name -> {
                    core.destroy(names.sealed(name));
                    return Outcome.DESTROYED;
                },
                name -> {
                    core.destroy(names.filesystem(name));
                    return Outcome.DESTROYED;
                },
                name -> {
                    ZfsPoolKernelTest.run("zfs", "destroy", "-r", names.filesystem(name));
                    return Outcome.DESTROYED;
                });
    }

    private static void assertRefused(Way way, DatasetName name) {
        Outcome outcome;
        try {
            outcome = way.destroy(name);
        } catch (AssertionError | Exception refused) {
            return; // as the kernel, and the command, say it
        }
        assertThat(outcome).as(name.value()).isEqualTo(Outcome.HELD);
    }

    private static List<Destruction> collect(Pool pool, List<DatasetName> names) {
        List<Destruction> results = new ArrayList<>();
        try (Lease collector = pool.lease("collector")) {
            for (int from = 0; from < names.size(); from += Pool.BATCH) {
                List<Condemned> batch = names.subList(from, Math.min(from + Pool.BATCH, names.size())).stream()
                        .map(name -> new Condemned(name, pool.find(name).flatMap(Dataset::deadSince)))
                        .toList();
                results.addAll(pool.destroyUnheld(collector, batch));
            }
        }
        return results;
    }

    /** Full up to what ZFS keeps for itself, and the quota used up besides: nothing can be added, but collected. */
    @Test
    void aFullPoolCanBeCollected() throws Exception {
        Path disk = folder.resolve("disk");
        ZfsPoolKernelTest.run("truncate", "-s", "256M", disk.toString());
        ZfsPoolKernelTest.run("zpool", "create", "-O", "mountpoint=none", "full", disk.toString());
        try (Pool pool = ZfsPools.create("full/axiom")) {
            List<DatasetName> names = IntStream.range(0, 3)
                    .mapToObj(number -> ZfsNames.STORE.child("p" + number))
                    .toList();
            addBytes(pool, names, 2 << 20);
            Files.write(pool.state().resolve("much"), bytes(10 << 20)); // as years of generations
            pool.sync();
            pool.recover();
            pool.hold(ZfsPoolKernelTest.PIN, names);
            ZfsPoolKernelTest.fill("full/junk", Files.createDirectory(folder.resolve("junk")));
            ZfsPoolKernelTest.run("zfs", "set", "quota=" + used("full/axiom"), "full/axiom");
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> addBytes(pool, List.of(ZfsNames.STORE.child("more")), 2 << 20));
            assertThat(pool.parents(ZfsNames.STAGING)).isEmpty();
            long before = used("full/axiom");
            pool.release(ZfsPoolKernelTest.PIN, names);
            pool.markDead(names, Instant.EPOCH);
            assertThat(collect(pool, names)).allSatisfy(result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.DESTROYED);
                assertThat(result.bytesFreed()).isGreaterThan(2 << 20);
            });
            ZfsPoolKernelTest.run("zpool", "sync", "full");
            assertThat(before - used("full/axiom")).as("bytes").isGreaterThan(6 << 20);
        } finally {
            ZfsPoolKernelTest.run("umount", "/run/axiom/full/axiom/state");
            ZfsPoolKernelTest.run("zpool", "destroy", "full");
        }
    }

    private static void addBytes(Pool pool, List<DatasetName> names, int bytes) throws IOException {
        byte[] content = bytes(bytes);
        try (Lease lease = pool.lease("add")) {
            for (DatasetName name : names) {
                try (Staging staging = lease.stage()) {
                    Files.write(staging.path().resolve("content"), content);
                    staging.seal(Map.of(), bytes);
                    staging.publish(name);
                }
            }
        }
    }

    /** Which no compression makes less. */
    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static long used(String dataset) throws Exception {
        return Long.parseLong(ZfsPoolKernelTest.run("zfs", "get", "-Hpo", "value", "used", dataset));
    }

    /** Held ones among many stay, and the rest goes in few transactions. */
    @Test
    void manyPackages() throws Exception {
        String root = parent + "/many";
        ZfsNames names = new ZfsNames(root);
        try (Pool pool = ZfsPools.create(root)) {
            List<DatasetName> all = IntStream.range(0, MANY)
                    .mapToObj(number -> ZfsNames.STORE.child("p" + number))
                    .toList();
            ZfsCore core = ThreadSafeZfs.instance().core();
            Race.run(PLANTERS, number -> {
                for (int i = number; i < MANY; i += PLANTERS) {
                    core.create(names.filesystem(all.get(i)), Map.of());
                    core.snapshot(names.sealed(all.get(i)), Map.of(ZfsNames.PROPERTY + "name", "p" + i));
                }
            });
            assertThat(pool.list(ZfsNames.STORE)).extracting(Dataset::name).containsExactlyInAnyOrderElementsOf(all);
            List<DatasetName> held = all.subList(0, MANY / 10);
            pool.hold(ZfsPoolKernelTest.PIN, held);
            pool.markDead(all, Instant.EPOCH);
            assertThat(pool.holds(all)).hasSize(held.size());
            Map<Outcome, List<Destruction>> results =
                    collect(pool, all).stream().collect(Collectors.groupingBy(Destruction::outcome));
            assertThat(results).containsOnlyKeys(Outcome.HELD, Outcome.DESTROYED);
            assertThat(results.get(Outcome.HELD)).extracting(Destruction::name).containsExactlyElementsOf(held);
            assertThat(pool.list(ZfsNames.STORE)).extracting(Dataset::name).containsExactlyInAnyOrderElementsOf(held);
            assertThat(pool.find(held.get(0)).flatMap(Dataset::deadSince)).isEmpty();
        }
    }
}
