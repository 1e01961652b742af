package dev.axiom.core.model;

import java.util.List;

/**
 * The exact packages of a profile ({@code profile.lock.yaml}): what the resolver chose, and a root for the collector.
 * It holds no time, so that the same input gives the same bytes.
 *
 * @param packages sorted; a package stands once, and so does a name unless the profile allows several versions of it
 */
public record LockFile(ProfileName profile, List<LockedPackage> packages) {
    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if a package stands twice
     */
    public LockFile {
        packages = Texts.sorted("the locked packages", packages, LockedPackage::id);
    }

    /** The packages' ids, sorted. */
    public List<PackageId> ids() {
        return packages.stream().map(LockedPackage::id).toList();
    }
}
