package dev.axiom.gc;

import dev.axiom.core.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which generations stay. Small policies, each of which gives a reason, are put together with {@link #any} and
 * {@link #all}; what no policy keeps is pruned.
 */
@FunctionalInterface
public interface RetentionPolicy {

    /**
     * What a policy may look at.
     *
     * @param generation the one in question
     * @param rank its place among the generations of its owner, 0 for the newest (the highest number)
     * @param now when the plan is made
     */
    record Candidate(Generation generation, int rank, Instant now) {}

    /** Why the generation must stay; empty if nothing here speaks for it. */
    Optional<String> keeps(Candidate candidate);

    /** Keeps every generation: the rule when nobody asked for another. */
    static RetentionPolicy everything() {
        return candidate -> Optional.of("nothing limits how many generations are kept");
    }

    /** Keeps the newest {@code count} of each owner, by number; with 0 none. */
    static RetentionPolicy newest(int count) {
        return candidate -> candidate.rank() < count ? Optional.of("one of the newest " + count) : Optional.empty();
    }

    /** Keeps what was made less than {@code age} ago. One that seems to come from the future is young. */
    static RetentionPolicy youngerThan(Duration age) {
        return candidate -> {
            Instant created = candidate.generation().created();
            return created.isAfter(candidate.now().minus(age))
                    ? Optional.of("younger than " + Durations.format(age))
                    : Optional.empty();
        };
    }

    /** Keeps what at least one of these keeps, for the first reason. */
    static RetentionPolicy any(List<RetentionPolicy> policies) {
        List<RetentionPolicy> fixed = List.copyOf(policies);
        return candidate -> fixed.stream()
                .map(policy -> policy.keeps(candidate))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Keeps what all of these keep, for all their reasons; nothing if there are none. */
    static RetentionPolicy all(List<RetentionPolicy> policies) {
        List<RetentionPolicy> fixed = List.copyOf(policies);
        return candidate -> {
            List<String> reasons = new ArrayList<>();
            for (RetentionPolicy policy : fixed) {
                policy.keeps(candidate).ifPresent(reasons::add);
            }
            return reasons.size() == fixed.size() && !fixed.isEmpty()
                    ? Optional.of(String.join(" and ", reasons))
                    : Optional.empty();
        };
    }

    /**
     * The policy of {@code --keep-generations} and {@code --keep-age}: each protects for itself, so a generation goes
     * only if neither speaks for it. With neither given, all stay.
     */
    static RetentionPolicy of(Optional<Integer> keepGenerations, Optional<Duration> keepAge) {
        List<RetentionPolicy> policies = new ArrayList<>();
        keepGenerations.map(RetentionPolicy::newest).ifPresent(policies::add);
        keepAge.map(RetentionPolicy::youngerThan).ifPresent(policies::add);
        return policies.isEmpty() ? everything() : any(policies);
    }
}
