package dev.axiom.gc.damage;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.Plan;
import dev.axiom.gc.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Single cases on one store. Each damages one thing and asks for a plan. If a root cannot be read, no plan can be made,
 * and if the plan is that of the undamaged store, the collection is the same: of these, one in {@link #EVERY} is collected
 * all the same, as is everything else.
 */
final class DamageCases {
    private static final int EVERY = 100;

    /** To how many in ten the damage is done. */
    private static final int RECORDS = 7;

    private static final List<CollectOptions> OPTIONS = List.of(
            CollectOptions.DEFAULT,
            CollectOptions.DEFAULT.withGrace(Duration.ZERO),
            new CollectOptions(Duration.ZERO, RetentionPolicy.of(Optional.of(1), Optional.empty()), Optional.empty()));

    private final DamagedStore store;
    private final long seed;
    private final List<List<Path>> targets = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private final List<Set<Path>> mayGo = new ArrayList<>();

    DamageCases(DamagedStore store, long seed) throws IOException {
        this.store = store;
        this.seed = seed;
        sortTargets();
        for (CollectOptions options : OPTIONS) {
            plans.add(store.plan(options));
            store.collect(options);
            mayGo.add(store.whole().restore());
        }
    }

    /** Most damage is done to records, the rest to what else is in the state folder and to datasets. */
    private void sortTargets() {
        List<Path> all = store.whole().paths();
        List<Path> records = all.stream().filter(store::isRecord).toList();
        List<Path> state = all.stream().filter(store::isOfState).toList();
        List<Path> datasets = all.stream().filter(store::isOfPool).toList();
        targets.addAll(Collections.nCopies(RECORDS, records));
        targets.addAll(List.of(state, datasets, all));
    }

    /** Runs one case; what is wrong with it, if anything. */
    Optional<String> run(int number) throws IOException {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextInt(); // the first numbers of near seeds are near
        List<Path> among = targets.get(random.nextInt(targets.size()));
        Path target = among.get(random.nextInt(among.size()));
        int chosen = random.nextInt(OPTIONS.size());
        Outcome outcome;
        Damage damage;
        try (Damage.Scene scene = new Damage.Scene(random, store.whole(), store.aside())) {
            damage = damage(scene, target, random);
            damage.run(scene, target);
            if (store.isRolledBack(target)) {
                return Optional.empty(); // see GUARANTEES.md
            }
            outcome = outcome(scene, damage, target, chosen, number % EVERY == 0);
        }
        Set<Path> lost = new HashSet<>(outcome.collected() ? store.whole().restore() : Set.of());
        lost.removeAll(mayGo.get(chosen));
        lost.removeIf(DamagedStore::isMark);
        String what = damage + " of " + target + ", with " + OPTIONS.get(chosen) + ": " + outcome.said();
        return lost.isEmpty() && outcome.fine() ? Optional.empty() : Optional.of(what + "; gone are " + lost);
    }

    private Damage damage(Damage.Scene scene, Path target, Random random) {
        Damage[] all = Damage.values();
        while (true) {
            Damage damage = all[random.nextInt(all.length)];
            boolean rare = damage == Damage.HUGE && random.nextInt(100) != 0;
            boolean beyond = store.isLease(target) && damage.changesContent(); // see GUARANTEES.md
            if (damage.covers(scene, target) && !rare && !beyond) {
                return damage;
            }
        }
    }

    /** What a collection came to; {@code fine} unless it stopped without a word on what is damaged. */
    private record Outcome(boolean collected, boolean fine, String said) {}

    private Outcome outcome(Damage.Scene scene, Damage damage, Path target, int chosen, boolean always) {
        String plan = said(() -> {
            store.readRoots();
            return store.plan(OPTIONS.get(chosen)).equals(plans.get(chosen)) ? SAME : "another plan";
        });
        boolean fine = plan.endsWith("plan") || names(scene, damage, target, plan);
        if (!fine || (!always && !plan.equals("another plan"))) {
            return new Outcome(false, fine, plan);
        }
        String run = said(() -> {
            store.collect(OPTIONS.get(chosen));
            return "it collected";
        });
        return new Outcome(
                true, run.equals("it collected") || names(scene, damage, target, run), plan + ", then " + run);
    }

    private static final String SAME = "the same plan";

    private boolean names(Damage.Scene scene, Damage damage, Path target, String refusal) {
        boolean corrupt = refusal.startsWith(ErrorCode.CORRUPT.toString());
        boolean unavailable = refusal.startsWith(ErrorCode.UNAVAILABLE.toString())
                && !(store.isRecord(target) && damage != Damage.COPIED_ELSEWHERE);
        boolean missing = store.isOfPool(target) && refusal.contains("lists a package that does not exist");
        return (corrupt || unavailable) && (missing || scene.isNamedIn(refusal, target));
    }

    private static String said(Supplier<String> work) {
        FileUser.beNobody();
        try {
            return work.get();
        } catch (AxiomException e) {
            return e.code() + ": " + e.getMessage();
        } finally {
            FileUser.beOneself();
        }
    }
}
