package dev.axiom.core.pool;

import dev.axiom.core.model.Alphabet;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;

/**
 * Names who holds a dataset: {@code profile:dev:3}, {@code env:dev:2}, {@code pin:base}, or {@code lease:<uuid>} for
 * work in progress. At most 200 bytes, within what ZFS allows for temporary holds.
 */
public record HoldTag(String value) implements Comparable<HoldTag> {
    private static final String LEASE = "lease:";
    private static final int LONGEST = 200;
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("._:-");

    /** @throws AxiomException {@code INVALID} if the grammar is not met */
    public HoldTag {
        if (!REST.names(value, LONGEST)) {
            throw new AxiomException(ErrorCode.INVALID, "'" + value + "' is not a valid hold tag");
        }
    }

    /** The tag of a lease's holds, which end with it. */
    public static HoldTag ofLease(String leaseId) {
        return new HoldTag(LEASE + leaseId);
    }

    /** Whether the holds of this tag die with a process. */
    public boolean isLease() {
        return value.startsWith(LEASE);
    }

    /** The id of the lease; only where {@link #isLease()}. */
    public String leaseId() {
        return value.substring(LEASE.length());
    }

    @Override
    public int compareTo(HoldTag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
