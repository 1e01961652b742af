package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.Requirement;
import java.time.Duration;
import java.util.List;

/**
 * Finds the packages that a profile needs. Complete: if any set of packages satisfies the requirements, one is found,
 * otherwise the failure is proved and explained. Deterministic: neither the order of the requirements nor that of the
 * index's answers counts.
 *
 * <p>Where there is a choice, the packages that the requirements name get what the policy prefers before their
 * dependencies do; among packages of one version the higher revision is taken, then the lower build id. A requirement
 * is also satisfied by a package that provides the name; packages that bear the name themselves are preferred.
 */
public final class Resolver {
    /** Whoever waits for an explanation waits this much longer for a short one. */
    private static final Duration FOR_EXPLAINING = Duration.ofSeconds(2);

    /** And this much for advice that is known to help. */
    private static final Duration FOR_ADVISING = Duration.ofSeconds(1);

    private Resolver() {}

    /**
     * Chooses packages that together satisfy the requirements, and all that they depend on in turn, without any
     * conflict, at most one of a name. Works in time that hardly depends on the size of the index, only on what the
     * requirements reach; the stack does not grow with the depth of dependencies.
     *
     * @param requirements what the profile asks for; all must be satisfied, also several for one name
     * @throws UnsolvableException if there is no such set, with the reasons; or if the policy's time was not enough, or
     *     the search would have outgrown the memory
     * @throws dev.axiom.core.model.AxiomException {@code INVALID} if it would depend on which of two versions of different
     *     schemes is newer
     */
    public static Resolution resolve(PackageIndex index, List<Requirement> requirements, ResolvePolicy policy) {
        Budget budget = new Budget(policy.timeout());
        List<Requirement> sorted = requirements.stream().sorted().distinct().toList();
        try {
            Resolution first = new Search(new Catalog(index, policy), sorted, budget).run();
            return policy.locked().isEmpty()
                    ? first
                    : new FewerChanges(index, sorted, policy, budget.again()).than(first);
        } catch (UnsolvableException e) {
            throw e.isGivenUp() ? e : explained(index, sorted, e, policy.choices());
        }
    }

    /** The same failure, explained with as few requirements as can be found in time, and with advice that was tried. */
    private static UnsolvableException explained(
            PackageIndex index, List<Requirement> all, UnsolvableException failure, Choices choices) {
        UnsolvableException shortest = new Shortest(all, new Trials(index, choices, FOR_EXPLAINING)).of(failure);
        Catalog catalog = new Catalog(index, ResolvePolicy.of(choices));
        Trials trials = new Trials(index, choices, FOR_ADVISING);
        return shortest.advising(new Advice(catalog, all, shortest, trials).hint());
    }
}
