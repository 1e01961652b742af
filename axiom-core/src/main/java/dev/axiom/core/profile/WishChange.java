package dev.axiom.core.profile;

import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A package that stands in two lock files, and that the profile asks for by only one of them.
 *
 * @param asked whether it is the later one
 */
public record WishChange(PackageName name, boolean asked) {

    /** All of these, by name; none where there was no lock file. */
    public static List<WishChange> between(Optional<LockFile> before, LockFile after) {
        List<WishChange> changes = new ArrayList<>();
        if (before.isPresent()) {
            Set<PackageName> both = names(before.get(), any -> true);
            both.retainAll(names(after, any -> true));
            Set<PackageName> old = names(before.get(), LockedPackage::requested);
            Set<PackageName> fresh = names(after, LockedPackage::requested);
            for (PackageName name : both) {
                if (old.contains(name) != fresh.contains(name)) {
                    changes.add(new WishChange(name, fresh.contains(name)));
                }
            }
        }
        return changes;
    }

    private static Set<PackageName> names(LockFile lock, Predicate<LockedPackage> which) {
        return lock.packages().stream()
                .filter(which)
                .map(one -> one.id().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the name: {@code asked for now}. */
    public String words() {
        return asked ? "asked for now" : "no longer asked for";
    }

    /** In a sentence: {@code ssl is asked for now}. */
    @Override
    public String toString() {
        return name + " is " + words();
    }
}
