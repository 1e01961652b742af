package dev.axiom.core.store;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what a store lacks for some of its packages: dependencies that no package in it meets. */
public final class Unresolved {
    private final Map<PackageName, List<StoredPackage>> offers = new HashMap<>();

    private Unresolved(List<StoredPackage> packages) {
        for (StoredPackage one : packages) {
            offer(one.id().name(), one);
            one.provides().forEach(provided -> offer(provided.name(), one));
        }
    }

    private void offer(PackageName name, StoredPackage one) {
        offers.computeIfAbsent(name, any -> new ArrayList<>()).add(one);
    }

    /**
     * The dependencies of these packages that nothing in the store meets, each with those that need it; both sorted. That a
     * dependency is met by itself does not mean that all of them can be met together, which only a resolve tells.
     */
    public static Map<Requirement, List<PackageId>> of(PackageStore store, Collection<PackageId> ids) {
        List<StoredPackage> packages = store.list();
        Unresolved unresolved = new Unresolved(packages);
        Set<PackageId> asked = new HashSet<>(ids);
        Map<Requirement, List<PackageId>> result = new TreeMap<>();
        for (StoredPackage one : packages) {
            if (asked.contains(one.id())) {
                for (Requirement need : one.dependencies()) {
                    if (!unresolved.isMet(need)) {
                        result.computeIfAbsent(need, any -> new ArrayList<>()).add(one.id());
                    }
                }
            }
        }
        return result;
    }

    private boolean isMet(Requirement need) {
        return need.alternatives().stream()
                .anyMatch(alternative -> offers.getOrDefault(alternative.name(), List.of()).stream()
                        .anyMatch(one -> alternative.allows(one.id())
                                || one.provides().stream().anyMatch(provided -> provided.satisfies(alternative))));
    }
}
