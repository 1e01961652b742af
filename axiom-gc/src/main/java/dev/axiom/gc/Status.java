package dev.axiom.gc;

import dev.axiom.core.store.RecordKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * Looks. Changes nothing. Locking: none.
     *
     * @param options the grace period that the next collection will apply
     * @throws dev.axiom.core.model.AxiomException {@code CORRUPT}, naming the place, if a root cannot be understood
     */
    public static Status read(Target target, Timepiece timepiece, CollectOptions options) {
        Survey survey =
                new Surveyor(target).foresee(new TimeKeeping(target.layout(), timepiece, options.trustClock()).now());
        Plan.Packages plan = Planner.plan(survey, options).packages();
        Amount all =
                Amount.of(survey.packages().stream().map(one -> one.bytes()).toList());
        Amount waiting = amount(plan.waiting());
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
