package dev.axiom.core.resolve;

import dev.axiom.core.model.LockedPackage;
import java.util.List;

/**
 * A set of packages that satisfies all requirements and needs nothing else: at most one of each name, sorted by id. The
 * same requirements, index and policy always give the same set.
 */
public record Resolution(List<LockedPackage> packages) {
    /** Takes a sorted copy. */
    public Resolution {
        packages = packages.stream().sorted().toList();
    }
}
