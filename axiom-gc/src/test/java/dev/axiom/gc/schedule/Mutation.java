package dev.axiom.gc.schedule;

import dev.axiom.core.pool.SimulatedPool.Guard;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way to break the protocol on purpose. A search that is any good notices each. */
enum Mutation {
    DESTROY_WITHOUT_A_LOOK_AT_HOLDS(Guard.DESTROY_ASKS_FOR_HOLDS),
    DESTROY_ON_AN_OLD_DATE(Guard.DESTROY_COMPARES_DEAD_SINCE),
    HOLD_LEAVES_DEAD_SINCE(Guard.HOLD_CLEARS_DEAD_SINCE),
    HOLD_WHAT_IS_THERE(Guard.HOLD_IS_ALL_OR_NOTHING),
    MARK_WHAT_IS_HELD(Guard.MARK_ASKS_FOR_HOLDS),
    PUBLISH_WITHOUT_A_HOLD(Guard.PUBLISH_HOLDS),
    PUBLISH_OVER_WHAT_IS_THERE(Guard.PUBLISH_NEVER_REPLACES),
    OPEN_WITHOUT_A_HOLD(Guard.OPEN_PROTECTS),
    STAGE_WITHOUT_A_LEASE(Guard.RECOVERY_SPARES_LIVING_STAGING),
    RECOVERY_ENDS_LIVING_HOLDS(Guard.RECOVERY_SPARES_LIVING_HOLDS),
    HOLDS_OF_THE_DEAD_COUNT(Guard.HOLDS_DIE_WITH_THEIR_LEASE),
    RECOVERY_TAKES_THE_LIVING_FOR_DEAD(Guard.LEASES_ARE_SEEN),
    /** The record is ready before its packages are held. */
    READY_BEFORE_HOLD(null),
    /** The holds are released while the record is still ready. */
    RELEASE_BEFORE_REMOVING(null),
    /** The record's file goes before its holds. */
    RECORD_GOES_BEFORE_HOLDS(null),
    /** A dataset is visible before it has its properties. */
    PUBLISH_BEFORE_SEAL(null),
    /** A lock's file is deleted when the lock is freed. */
    UNLINK_THE_LOCK_FILE(null),
    /** Files are overwritten in place, not replaced. */
    WRITE_IN_PLACE(null),
    /** The collector reads the roots before what it may destroy, and destroys orphaned environments without a second look. */
    ROOTS_BEFORE_DATASETS(null);

    private final @Nullable Guard guard;

    Mutation(@Nullable Guard guard) {
        this.guard = guard;
    }

    Optional<Guard> guard() {
        return Optional.ofNullable(guard);
    }

    /** Whether it changes what recovery does to the living. */
    boolean isOfRecovery() {
        return this == STAGE_WITHOUT_A_LEASE || this == RECOVERY_ENDS_LIVING_HOLDS;
    }

    static Set<Guard> guards(Set<Mutation> mutations) {
        EnumSet<Guard> guards = EnumSet.noneOf(Guard.class);
        mutations.forEach(mutation -> mutation.guard().ifPresent(guards::add));
        return guards;
    }
}
