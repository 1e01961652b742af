package dev.axiom.core.profile;

import dev.axiom.core.model.LockFile;
import java.util.List;
import java.util.Optional;

/**
 * What a resolve came to.
 *
 * @param generation the generation with these packages; the next one's number for a dry run that would make one
 * @param changed whether it is (or would be) a new one
 * @param lock the packages
 * @param before what was current until then; empty for a profile's first
 * @param warnings what the profile says in vain, and what was missing, a sentence each
 */
public record Resolved(
        int generation, boolean changed, LockFile lock, Optional<LockFile> before, List<String> warnings) {
    /** Takes a copy of the list. */
    public Resolved {
        warnings = List.copyOf(warnings);
    }

    /** What differs from what was current until then; for a profile's first, every package is new. */
    public List<PackageChange> changes() {
        return PackageChange.between(before.map(LockFile::ids).orElse(List.of()), lock.ids());
    }

    /** The packages that were there before, and that the profile has come to ask for or asks for no longer. */
    public List<WishChange> wishChanges() {
        return WishChange.between(before, lock);
    }
}
