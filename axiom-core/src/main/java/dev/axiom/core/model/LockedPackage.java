package dev.axiom.core.model;

import java.util.Comparator;

/**
 * One package that the resolver chose.
 *
 * @param requested whether the profile names it; else it is there because another package needs it
 */
public record LockedPackage(PackageId id, boolean requested) implements Comparable<LockedPackage> {
    private static final Comparator<LockedPackage> ORDER =
            Comparator.comparing(LockedPackage::id).thenComparing(LockedPackage::requested);

    @Override
    public int compareTo(LockedPackage other) {
        return ORDER.compare(this, other);
    }
}
