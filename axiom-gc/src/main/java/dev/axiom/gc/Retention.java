package dev.axiom.gc;

import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.store.RecordKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies a retention policy to all generations. Two rules stand above every policy: the current generation stays, and
 * so does an environment that somebody is running in.
 */
final class Retention {
    /** By owner, the newest first. */
    private static final Comparator<Generation> NEWEST_FIRST = Comparator.comparing(
                    (Generation generation) -> generation.key().kind())
            .thenComparing(generation -> generation.key().owner())
            .thenComparing(generation -> -generation.key().generation());

    private final RetentionPolicy policy;
    private final Instant now;
    private final List<LeaseInfo> leases;

    Retention(RetentionPolicy policy, Instant now, List<LeaseInfo> leases) {
        this.policy = policy;
        this.now = now;
        this.leases = leases;
    }

    Plan.Pruning decide(List<Generation> generations) {
        List<Generation> pruned = new ArrayList<>();
        List<Plan.Kept> kept = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Generation generation : generations.stream().sorted(NEWEST_FIRST).toList()) {
            String owner = generation.key().kind() + " " + generation.key().owner();
            int rank = seen.merge(owner, 1, Integer::sum) - 1;
            keeps(generation, rank)
                    .ifPresentOrElse(
                            reason -> kept.add(new Plan.Kept(generation, reason)), () -> pruned.add(generation));
        }
        return new Plan.Pruning(pruned, kept);
    }

    private Optional<String> keeps(Generation generation, int rank) {
        if (generation.current()) {
            return Optional.of("it is current");
        }
        Optional<String> user = user(generation);
        return user.isPresent() ? user : policy.keeps(new RetentionPolicy.Candidate(generation, rank, now));
    }

    private Optional<String> user(Generation generation) {
        if (generation.key().kind() != RecordKind.ENV) {
            return Optional.empty();
        }
        DatasetName content = Marking.environment(generation.key());
        return leases.stream()
                .filter(lease -> lease.datasets().contains(content))
                .findFirst()
                .map(lease -> "in use by " + Leases.describe(lease));
    }
}
