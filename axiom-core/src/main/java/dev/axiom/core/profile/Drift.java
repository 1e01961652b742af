package dev.axiom.core.profile;

import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Texts;
import dev.axiom.core.store.Offers;
import dev.axiom.core.store.PackageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a profile's lock file does not answer its wishes, because these were edited after it was resolved. What was
 * edited besides them (pins, preferences) shows only in another resolve.
 *
 * @param missing wishes that no locked package meets
 * @param unwanted locked packages that the profile once asked for and does not any more
 */
public record Drift(List<Requirement> missing, List<PackageId> unwanted) {

    /** Takes copies of the lists. */
    public Drift {
        missing = List.copyOf(missing);
        unwanted = List.copyOf(unwanted);
    }

    /**
     * Compares what a profile asks for now with what is locked for it.
     *
     * @param store read only where the packages' own names do not answer everything
     * @throws dev.axiom.core.model.AxiomException {@code CORRUPT} if a package is damaged that is read
     */
    static Drift between(ProfileSpec spec, LockFile lock, PackageStore store) {
        Drift byName = between(
                spec, lock, wish -> lock.ids().stream().filter(wish::allows).toList());
        if (byName.isEmpty()) {
            return byName;
        }
        return between(spec, lock, Offers.of(store, lock.ids())::meeting);
    }

    /** @param meeting the locked packages that meet a wish */
    private static Drift between(
            ProfileSpec spec, LockFile lock, Function<Requirement, Collection<PackageId>> meeting) {
        Set<PackageId> wanted = new HashSet<>();
        List<Requirement> missing = new ArrayList<>();
        for (Requirement wish : spec.packages()) {
            Collection<PackageId> met = meeting.apply(wish);
            wanted.addAll(met);
            if (met.isEmpty()) {
                missing.add(wish);
            }
        }
        List<PackageId> unwanted = lock.packages().stream()
                .filter(LockedPackage::requested)
                .map(LockedPackage::id)
                .filter(id -> !wanted.contains(id) && missing.stream().noneMatch(wish -> names(wish, id)))
                .toList();
        return new Drift(missing, unwanted);
    }

    /** A package of a version that is wanted no more is asked for all the same. */
    private static boolean names(Requirement wish, PackageId id) {
        return wish.alternatives().stream().anyMatch(one -> one.name().equals(id.name()));
    }

    public boolean isEmpty() {
        return missing.isEmpty() && unwanted.isEmpty();
    }

    /** What differs, in a sentence's words: {@code bash@^5 is not in its lock file and zsh is no longer asked for}. */
    @Override
    public String toString() {
        return Texts.join(
                Stream.concat(
                                missing.stream().map(wish -> wish + " is not in its lock file"),
                                unwanted.stream().map(id -> new WishChange(id.name(), false).toString()))
                        .toList(),
                "and");
    }
}
