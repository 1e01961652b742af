package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On any store, the run does what the dry run said, exactly. */
@ExtendWith(Seeds.class)
class DryRunTest {
    private static final int ROUNDS = 6;

    /** A thousand states of stores where {@code CI} is set, as {@code .ci/run} does. */
    private static final int STORES = Integer.getInteger("axiom.stores", System.getenv("CI") == null ? 5 : 167);

    private final Random random = Seeds.random();
    private final TestClock clock = new TestClock(Instant.parse("2026-06-01T12:00:00Z"));
    private int generation;

    @Test
    void theRunIsTheDryRun(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        for (int i = 0; i < STORES; i++) {
            try (TestStore store = new TestStore(folder.resolve("pool" + i))) {
                theRunIsTheDryRun(store);
            }
        }
    }

    private void theRunIsTheDryRun(TestStore store) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Lease> leases = disturb(store);
            CollectOptions options = options();

            Plan dry = store.collector(clock).plan(options);
            Report report = store.collector(clock).run(options, store.surroundings());

            assertThat(report.plan()).isEqualTo(dry);
            assertThat(report.skipped()).isEmpty();
            assertThat(report.collected())
                    .isEqualTo(dry.packages().condemned().stream()
                            .map(DeadPackage::id)
                            .toList());
            assertThat(report.others().pruned()).isEqualTo(dry.pruning().pruned());
            assertThat(report.bytesFreed()).isEqualTo(dry.predictedBytes());
            assertThat(store.packages()).isEqualTo(stay(dry));
            leases.forEach(Lease::close);
            assertThat(store.leftovers()).isEmpty();
            clock.advance(Duration.ofHours(random.nextInt(-3, 30)));
        }
    }

    private static String stay(Plan plan) {
        TreeSet<PackageId> ids = new TreeSet<>(plan.packages().live());
        plan.packages().waiting().forEach(dead -> ids.add(dead.id()));
        plan.packages().postponed().forEach(dead -> ids.add(dead.id()));
        plan.packages().held().forEach(held -> ids.add(held.dead().id()));
        return Letters.of(ids);
    }

    private CollectOptions options() {
        Optional<ByteSize> ceiling =
                random.nextInt(3) == 0 ? Optional.of(new ByteSize(random.nextInt(800))) : Optional.empty();
        Optional<Integer> keep = random.nextBoolean() ? Optional.of(random.nextInt(3)) : Optional.empty();
        return new CollectOptions(
                Duration.ofHours(random.nextInt(3) * 12L), RetentionPolicy.of(keep, Optional.empty()), ceiling);
    }

    /** New packages, new roots, orphans, leases, records that a dead process left half way, and some that were lost. */
    private List<Lease> disturb(TestStore store) throws IOException {
        for (String letter : some()) {
            if (!store.packages().contains(letter)) {
                store.add(letter);
            }
        }
        List<String> present = new ArrayList<>(Letters.words(store.packages()));
        if (present.isEmpty()) {
            return List.of();
        }
        generation++;
        store.root("profile dev " + generation, some(present));
        store.root("env dev " + generation, some(present));
        store.disk("dev", generation);
        store.disk("crashed", generation);
        abandon(store.root("profile half " + generation, some(present)), "preparing");
        abandon(store.root("pin half" + generation, some(present)), "removing");
        if (random.nextInt(4) == 0) {
            Files.delete(store.root("pin lost" + generation, some(present)));
        }
        List<Lease> leases = new ArrayList<>();
        Lease lease = store.pool().lease("test work");
        lease.protect(Letters.ids(some(present)).stream()
                .map(StoreLayout::packageDataset)
                .toList());
        leases.add(lease);
        assertThat(store.records().list(RecordKind.PROFILE)).isNotEmpty();
        return leases;
    }

    private static void abandon(Path record, String state) throws IOException {
        Files.move(record, record.resolveSibling(record.getFileName() + "." + state + "." + UUID.randomUUID()));
    }

    private List<String> some() {
        return Letters.words("a b c d e f g h i j").stream()
                .filter(letter -> random.nextBoolean())
                .toList();
    }

    private String some(List<String> present) {
        List<String> chosen =
                present.stream().filter(letter -> random.nextInt(4) == 0).toList();
        return String.join(" ", chosen.isEmpty() ? present.subList(0, 1) : chosen);
    }
}
