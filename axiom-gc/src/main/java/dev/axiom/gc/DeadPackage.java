package dev.axiom.gc;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoredPackage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A package that no root reaches.
 *
 * @param stored the package as the pool listed it
 * @param since when it was first found dead; the plan's own time if it is found so now, or if the pool names a time that
 *     is yet to come
 * @param remaining what is left of its grace period; zero if it may go
 */
public record DeadPackage(StoredPackage stored, Instant since, Duration remaining) {
    /** The longest dead first; among equals by id, so that a plan is always the same. */
    static final Comparator<DeadPackage> LONGEST_FIRST =
            Comparator.comparing(DeadPackage::since).thenComparing(DeadPackage::id);

    public PackageId id() {
        return stored.id();
    }

    /** Whether the pool does not know it as dead yet, or since a time that is yet to come. */
    boolean needsMark() {
        return !stored.deadSince().equals(Optional.of(since));
    }
}
