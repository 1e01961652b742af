package dev.axiom.core.store;

import dev.axiom.core.lock.Owner;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words who holds packages: the record that a tag belongs to, or the command behind a lease. */
public final class Holders {
    private final Map<String, LeaseInfo> leases;

    private Holders(Collection<LeaseInfo> leases) {
        this.leases = leases.stream().collect(Collectors.toMap(LeaseInfo::id, lease -> lease));
    }

    /** With the leases as they are now. */
    public static Holders now(Pool pool) {
        return new Holders(pool.leases());
    }

    /** The name of one: {@code profile dev generation 3}, or {@code axiom env run dev (pid 4711, since …)}. */
    public String name(HoldTag tag) {
        if (!tag.isLease()) {
            return record(tag);
        }
        LeaseInfo lease = leases.get(tag.leaseId());
        return lease == null
                ? "a command that has just ended"
                : lease.owner().map(Owner::toString).orElse("a command that did not say its name");
    }

    private static String record(HoldTag tag) {
        return RecordKey.of(tag).map(RecordKey::toString).orElse(tag.value());
    }

    /** Why a dataset was not destroyed: the pool's own reason, but with the holders' names where it has only tags. */
    public String reason(Destruction kept) {
        return kept.holders().isEmpty() ? kept.reason() : "it is in use by " + String.join(", ", names(kept.holders()));
    }

    /** Why a dataset stays that is held for records which are lost, or do not list it. */
    public static String lost(List<HoldTag> tags) {
        String names = tags.stream().map(Holders::record).collect(Collectors.joining(", "));
        return "it is held for " + names + ", though no record says so";
    }

    /** The names of all, in the tags' order. */
    public List<String> names(Collection<HoldTag> tags) {
        return tags.stream().sorted().map(this::name).toList();
    }
}
