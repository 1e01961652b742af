package dev.axiom.core.profile;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How one package differs between two sets.
 *
 * @param name which
 * @param before what was there; empty if it is new
 * @param after what is there; empty if it went
 */
public record PackageChange(PackageName name, Optional<PackageId> before, Optional<PackageId> after) {

    /**
     * All differences, by name. Of a name that stands in a set several times, what only one of the sets has went or came.
     */
    public static List<PackageChange> between(Collection<PackageId> before, Collection<PackageId> after) {
        Map<PackageName, List<PackageId>> old = without(before, after);
        Map<PackageName, List<PackageId>> fresh = without(after, before);
        TreeSet<PackageName> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<PackageChange> changes = new ArrayList<>();
        for (PackageName name : names) {
            List<PackageId> went = old.getOrDefault(name, List.of());
            List<PackageId> came = fresh.getOrDefault(name, List.of());
            for (int i = 0; i < Math.max(went.size(), came.size()); i++) {
                changes.add(new PackageChange(name, at(went, i), at(came, i)));
            }
        }
        return changes;
    }

    private static Map<PackageName, List<PackageId>> without(Collection<PackageId> all, Collection<PackageId> others) {
        Set<PackageId> known = Set.copyOf(others);
        return all.stream().filter(id -> !known.contains(id)).sorted().collect(Collectors.groupingBy(PackageId::name));
    }

    private static Optional<PackageId> at(List<PackageId> ids, int index) {
        return index < ids.size() ? Optional.of(ids.get(index)) : Optional.empty();
    }

    /** In a sentence: {@code web 1.0 to 2.0}, {@code new ssl 3.0}, {@code without zlib 1.3}. */
    @Override
    public String toString() {
        if (before.isEmpty() || after.isEmpty()) {
            return before.map(id -> "without " + name + " " + id.version())
                    .orElseGet(() -> "new " + name + " " + after.orElseThrow().version());
        }
        PackageId was = before.get();
        PackageId is = after.get();
        return was.version().equals(is.version())
                ? "another build of " + name + " " + is.version()
                : name + " " + was.version() + " to " + is.version();
    }
}
