package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.store.RecordKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a pool stands.
 *
 * @param location how a user names it
 * @param packages all packages
 * @param live those that a root or a lease reaches
 * @param waiting dead ones in their grace period
 * @param collectable dead ones that the next collection would take
 * @param roots how many roots there are of each kind
 * @param environments how many environments' generations are on disk
 * @param leases who is at work, for people
 * @param last the last collection, if one has noted itself
 */
public record Status(
        String location,
        Amount packages,
        Amount live,
        Amount waiting,
        Amount collectable,
        Map<RecordKind, Integer> roots,
        Amount environments,
        List<String> leases,
        Optional<LastCollection> last) {
    public Status {
        roots = Map.copyOf(roots);
        leases = List.copyOf(leases);
    }

    /** How many, and how many bytes. */
    public record Amount(int count, long bytes) {
        private static Amount of(List<Long> sizes) {
            return new Amount(
                    sizes.size(), sizes.stream().mapToLong(Long::longValue).sum());
        }

        private Amount plus(Amount other) {
            return new Amount(count + other.count, bytes + other.bytes);
        }

        private Amount minus(Amount other) {
            return new Amount(count - other.count, bytes - other.bytes);
        }
    }

    /**
     * Looks. Changes nothing. Damage hides nothing else; what a root held that is damaged counts as used. Locking: none.
     *
     * @param options the grace period that the next collection will apply
     * @param trouble told, once each, at what the next collection would stop
     * @throws AxiomException {@code CORRUPT} if the note of the time cannot be understood
     */
    public static Status read(
            Target target, Timepiece timepiece, CollectOptions options, Consumer<AxiomException> trouble) {
        CountedTime time = new TimeKeeping(target.layout(), timepiece, options.trustClock()).now();
        Map<String, AxiomException> damage = new LinkedHashMap<>();
        Survey survey = new Surveyor(target, e -> damage.putIfAbsent(String.valueOf(e.getMessage()), e)).foresee(time);
        Plan.Packages plan = Planner.plan(survey, options).packages();
        List<DeadPackage> waiting = damage.isEmpty() ? plan.waiting() : without(survey.lostHolds(), plan.waiting());
        Status status = of(target, survey, plan, waiting);
        damage.values().forEach(trouble);
        return status;
    }

    private static List<DeadPackage> without(LostHolds holds, List<DeadPackage> dead) {
        Set<DatasetName> held = holds.of(
                        dead.stream().map(one -> one.stored().dataset()).toList())
                .keySet();
        return dead.stream()
                .filter(one -> !held.contains(one.stored().dataset()))
                .toList();
    }

    private static Status of(Target target, Survey survey, Plan.Packages plan, List<DeadPackage> dead) {
        Amount all =
                Amount.of(survey.packages().stream().map(one -> one.bytes()).toList());
        Amount waiting = amount(dead);
        Amount collectable = amount(plan.condemned()).plus(amount(plan.postponed()));
        Map<RecordKind, Integer> roots = new EnumMap<>(RecordKind.class);
        survey.users().roots().forEach(root -> roots.merge(root.key().kind(), 1, Integer::sum));
        return new Status(
                target.pool().location(),
                all,
                all.minus(waiting).minus(collectable),
                waiting,
                collectable,
                roots,
                Amount.of(survey.environments().stream().map(one -> one.bytes()).toList()),
                survey.users().leases().stream().map(Leases::describe).toList(),
                LastCollection.read(target.layout().lastCollection()));
    }

    private static Amount amount(List<DeadPackage> packages) {
        return Amount.of(packages.stream().map(dead -> dead.stored().bytes()).toList());
    }
}
