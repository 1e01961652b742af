package dev.axiom.core.resolve;

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
            return new Search(new Catalog(index, policy), sorted, budget).run();
        } catch (UnsolvableException e) {
            throw e.requirements().size() < 2 ? e : shortest(index, e, policy);
        }
    }

    /**
     * The same failure, explained with no requirement more than it takes: each is left out in turn, and stays out if the
     * rest is unsatisfiable still. Stops where it is when the time for it is over; the explanation is right all the same.
     */
    private static UnsolvableException shortest(PackageIndex index, UnsolvableException failure, ResolvePolicy policy) {
        ResolvePolicy plain = ResolvePolicy.of(policy.choices());
        Budget budget = new Budget(FOR_EXPLAINING);
        UnsolvableException best = failure;
        for (Requirement requirement : failure.requirements()) {
            List<Requirement> fewer = best.requirements().stream()
                    .filter(other -> !other.equals(requirement))
                    .toList();
            try {
                new Search(new Catalog(index, plain), fewer, budget).run();
            } catch (UnsolvableException e) {
                if (e.requirements().isEmpty() && !fewer.isEmpty() && e.derivation() == null) {
                    return best; // gave up
                }
                best = e;
            }
        }
        return best;
    }
}
