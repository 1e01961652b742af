package dev.axiom.gc;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoredPackage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a plan from a survey. Pure: the same survey and options give the same plan. */
final class Planner {
    private final Survey survey;
    private final CollectOptions options;
    private final List<PackageId> live = new ArrayList<>();
    private final List<PackageId> revived = new ArrayList<>();
    private final List<DeadPackage> ripe = new ArrayList<>();
    private final List<Plan.Held> held = new ArrayList<>();
    private final List<DeadPackage> waiting = new ArrayList<>();

    private Planner(Survey survey, CollectOptions options) {
        this.survey = survey;
        this.options = options;
    }

    static Plan plan(Survey survey, CollectOptions options) {
        return new Planner(survey, options).plan();
    }

    private Plan plan() {
        Plan.Pruning pruning = new Retention(
                        options.retention(),
                        survey.time().forAges(),
                        survey.users().leases())
                .decide(survey.generations());
        Set<RecordKey> gone = pruning.pruned().stream().map(Generation::key).collect(Collectors.toSet());
        Set<DatasetName> listed = Marking.listed(survey.users(), gone);
        Set<DatasetName> reached = Marking.reached(listed, survey.users());
        sort(reached, listed);

        Set<DatasetName> prunedContent = gone.stream()
                .filter(key -> key.kind() == RecordKind.ENV)
                .map(Marking::environment)
                .collect(Collectors.toSet());
        List<Dataset> orphans = survey.environments().stream()
                .filter(content -> !reached.contains(content.name()) && !prunedContent.contains(content.name()))
                .sorted(Comparator.comparing(Dataset::name))
                .toList();
        long others = survey.environments().stream()
                        .filter(content -> prunedContent.contains(content.name()))
                        .mapToLong(Dataset::bytes)
                        .sum()
                + orphans.stream().mapToLong(Dataset::bytes).sum();
        int cut = cut(others);
        return new Plan(survey.time(), pruning, packages(cut), orphans, others + bytes(ripe.subList(0, cut)));
    }

    /**
     * Puts every package where it belongs; {@code ripe}, {@code held} and {@code waiting} end up in their order. A lease that uses a
     * package has taken its mark away itself; the mark of one that it only looks at stays.
     */
    private void sort(Set<DatasetName> reached, Set<DatasetName> listed) {
        for (StoredPackage stored : survey.packages()) {
            if (reached.contains(stored.dataset())) {
                live.add(stored.id());
                if (stored.deadSince().isPresent() && listed.contains(stored.dataset())) {
                    revived.add(stored.id());
                }
            } else {
                DeadPackage dead = dead(stored);
                (dead.remaining().isZero() ? ripe : waiting).add(dead);
            }
        }
        ripe.sort(DeadPackage.LONGEST_FIRST);
        waiting.sort(DeadPackage.LONGEST_FIRST);
        setHeldAside();
    }

    /** Else they would use up the ceiling of every run. */
    private void setHeldAside() {
        Map<DatasetName, Set<HoldTag>> lost = survey.lostHolds()
                .of(ripe.stream().map(dead -> dead.stored().dataset()).toList());
        for (DeadPackage dead : ripe) {
            Set<HoldTag> tags = lost.get(dead.stored().dataset());
            if (tags != null) {
                held.add(new Plan.Held(dead, List.copyOf(tags)));
            }
        }
        ripe.removeIf(dead -> lost.containsKey(dead.stored().dataset()));
    }

    /**
     * A time that is yet to come counts as now, and is corrected: nothing else makes sense of it, and neither may a package
     * go early nor stay for as long as the mark was wrong. So does any mark where it is not known by what time it was made.
     */
    private DeadPackage dead(StoredPackage stored) {
        Instant now = survey.time().now();
        Instant since = stored.deadSince()
                .filter(mark -> !mark.isAfter(now) && !survey.time().isAnew())
                .orElse(now);
        Duration left = options.grace().minus(Duration.between(since, now));
        return new DeadPackage(stored, since, left.isNegative() ? Duration.ZERO : left);
    }

    /** How many of the ripe packages the ceiling lets go, when {@code spent} bytes go anyway. */
    private int cut(long spent) {
        long ceiling = options.maxFreed().map(ByteSize::bytes).orElse(Long.MAX_VALUE);
        long sum = spent;
        int count = 0;
        while (count < ripe.size() && sum < ceiling) {
            sum += ripe.get(count++).stored().bytes();
        }
        return count;
    }

    private Plan.Packages packages(int cut) {
        List<DeadPackage> postponed = ripe.subList(cut, ripe.size());
        List<DeadPackage> newlyDead = new ArrayList<>(postponed);
        newlyDead.addAll(waiting);
        newlyDead.removeIf(dead -> !dead.needsMark());
        newlyDead.sort(DeadPackage.LONGEST_FIRST);
        boolean marked =
                survey.packages().stream().anyMatch(stored -> stored.deadSince().isPresent());
        return new Plan.Packages(live, revived, newlyDead, ripe.subList(0, cut), postponed, held, waiting, marked);
    }

    private static long bytes(List<DeadPackage> packages) {
        return packages.stream().mapToLong(dead -> dead.stored().bytes()).sum();
    }
}
