package dev.axiom.gc.schedule;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.store.RecordFile.State;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoredPackage;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.GarbageCollector;
import dev.axiom.gc.Progress;
import dev.axiom.gc.RetentionPolicy;
import dev.axiom.gc.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what happens against the invariants of docs/ARCHITECTURE.md: at every destruction, at every record that becomes
 * ready, and when all is over.
 */
final class Checker implements StepPool.Watch {
    private final Bench bench;
    private final Duration grace;
    private final Consumer<String> violate;
    private final Map<DatasetName, Instant> lastUsed = new HashMap<>();
    private Set<HoldTag> holders = Set.of();

    Checker(Bench bench, Duration grace, Consumer<String> violate) {
        this.bench = bench;
        this.grace = grace;
        this.violate = violate;
    }

    private static void quietly(Runnable look) {
        Actor actor = Actor.current();
        if (actor == null) {
            look.run();
        } else {
            actor.quietly(look);
        }
    }

    @Override
    public void used(DatasetName name) {
        lastUsed.put(name, bench.clock.look());
    }

    @Override
    public void condemned(DatasetName name) {
        holders = bench.pool.holds(List.of(name)).getOrDefault(name, Set.of());
    }

    @Override
    public void destroyed(DatasetName name) {
        if (!holders.isEmpty()) {
            violate.accept(name + " was destroyed although it was held by " + holders);
        }
        Instant used = lastUsed.get(name);
        if (used != null
                && name.value().startsWith("store/")
                && Duration.between(used, bench.clock.look()).compareTo(grace) < 0) {
            violate.accept(name + " was collected before its grace was over");
        }
        quietly(() -> rootsAreWhole("after " + name + " was destroyed"));
    }

    /** Invariant 2: every package of a ready record exists, and so do an environment's files. */
    void rootsAreWhole(String when) {
        try {
            for (Root root : bench.real.records().roots()) {
                if (root.state() == State.READY) {
                    datasets(root).stream()
                            .filter(name -> bench.pool.find(name).isEmpty())
                            .forEach(name -> violate.accept(when + ", " + root.key() + " is ready and lacks " + name));
                }
            }
        } catch (AxiomException e) {
            violate.accept(when + ", the roots cannot be read: " + e.getMessage());
        }
    }

    /** Every ready record holds its packages. */
    void rootsHold(String when) {
        for (Root root : bench.real.records().roots()) {
            if (root.state() == State.READY) {
                List<DatasetName> names = packages(root);
                Map<DatasetName, Set<HoldTag>> holds = bench.pool.holds(names);
                names.stream()
                        .filter(name -> !holds.getOrDefault(name, Set.of())
                                .contains(root.key().tag()))
                        .forEach(name ->
                                violate.accept(when + ", " + root.key() + " is ready and does not hold " + name));
            }
        }
    }

    private static List<DatasetName> packages(Root root) {
        return root.packages().stream().map(StoreLayout::packageDataset).toList();
    }

    private static Set<DatasetName> datasets(Root root) {
        Set<DatasetName> names = new HashSet<>(packages(root));
        if (root.key().kind() == RecordKind.ENV) {
            names.add(StoreLayout.envDataset(
                    new EnvName(root.key().owner()), root.key().generation()));
        }
        return names;
    }

    /** When all have ended or died: starts again, collects, and looks at what is left. */
    void atTheEnd() {
        try {
            rootsAreWhole("at the end");
            rootsHold("at the end");
            bench.real.start();
            collect();
            rootsAreWhole("after recovery");
            nothingIsLeftOver();
        } catch (AxiomException e) {
            violate.accept("recovery or the last collection failed: " + e);
        }
    }

    private void collect() {
        new GarbageCollector(bench.real.target(), bench.clock)
                .run(
                        new CollectOptions(Duration.ZERO, RetentionPolicy.everything(), Optional.empty()),
                        new GarbageCollector.Surroundings(
                                Optional.of(bench.chosenLock()), Progress.NONE, new StopSignal(), 1));
    }

    private void nothingIsLeftOver() {
        List<Root> roots = bench.real.records().roots();
        roots.stream()
                .filter(root -> root.state() != State.READY)
                .forEach(root -> violate.accept("after recovery there is " + root.path()));
        Set<DatasetName> reached =
                roots.stream().flatMap(root -> datasets(root).stream()).collect(Collectors.toSet());
        Set<DatasetName> present = new TreeSet<>();
        bench.real.packages().list().stream().map(StoredPackage::dataset).forEach(present::add);
        bench.pool.parents(StoreLayout.ENV).stream()
                .flatMap(parent -> bench.pool.list(parent).stream())
                .map(Dataset::name)
                .forEach(present::add);
        present.stream()
                .filter(name -> !reached.contains(name))
                .forEach(name -> violate.accept(
                        "nothing uses " + name + ", but it stays; held by " + bench.pool.holds(List.of(name))));
        Set<HoldTag> tags = roots.stream().map(root -> root.key().tag()).collect(Collectors.toSet());
        bench.pool.holds(present).forEach((name, holds) -> holds.stream()
                .filter(tag -> !tags.contains(tag))
                .forEach(tag -> violate.accept(name + " is held by " + tag + ", which is no record")));
        files("staging", name -> true);
        files("state", name -> name.startsWith(".draft-"));
    }

    private void files(String folder, Predicate<String> leftOver) {
        try (Stream<Path> files = Files.walk(bench.top.resolve(folder))) {
            files.skip(1)
                    .filter(file -> leftOver.test(file.getFileName().toString()))
                    .forEach(file -> violate.accept("after recovery there is " + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that are there. */
    Set<PackageId> packages() {
        return bench.real.packages().list().stream().map(StoredPackage::id).collect(Collectors.toSet());
    }
}
