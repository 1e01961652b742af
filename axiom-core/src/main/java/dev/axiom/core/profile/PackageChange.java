package dev.axiom.core.profile;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one package differs between two sets.
 *
 * @param name which
 * @param before what was there; empty if it is new
 * @param after what is there; empty if it went
 */
public record PackageChange(PackageName name, Optional<PackageId> before, Optional<PackageId> after) {

    /** All differences, by name; each name stands at most once in either set. */
    public static List<PackageChange> between(Collection<PackageId> before, Collection<PackageId> after) {
        Map<PackageName, PackageId> old = byName(before);
        Map<PackageName, PackageId> fresh = byName(after);
        TreeSet<PackageName> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<PackageChange> changes = new ArrayList<>();
        for (PackageName name : names) {
            Optional<PackageId> was = Optional.ofNullable(old.get(name));
            Optional<PackageId> is = Optional.ofNullable(fresh.get(name));
            if (!was.equals(is)) {
                changes.add(new PackageChange(name, was, is));
            }
        }
        return changes;
    }

    private static Map<PackageName, PackageId> byName(Collection<PackageId> ids) {
        return ids.stream().collect(Collectors.toMap(PackageId::name, Function.identity(), (a, b) -> b, TreeMap::new));
    }
}
