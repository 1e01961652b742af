package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds out what a store lacks for some of its packages: dependencies that no package in it meets. */
public final class Unresolved {
    private Unresolved() {}

    /**
     * The dependencies of these packages that nothing in the store meets, each with those that need it; both sorted. That a
     * dependency is met by itself does not mean that all of them can be met together, which only a resolve tells.
     *
     * @param trouble told of what cannot be understood in the store, and so meets nothing; see {@link PackageStore#list}
     */
    public static Map<Requirement, List<PackageId>> of(
            PackageStore store, Collection<PackageId> ids, Consumer<AxiomException> trouble) {
        List<StoredPackage> packages = store.list(trouble);
        Offers offers = new Offers(packages);
        Set<PackageId> asked = new HashSet<>(ids);
        Map<Requirement, List<PackageId>> result = new TreeMap<>();
        for (StoredPackage one : packages) {
            if (asked.contains(one.id())) {
                for (Requirement need : one.dependencies()) {
                    if (offers.meeting(need).isEmpty()) {
                        result.computeIfAbsent(need, any -> new ArrayList<>()).add(one.id());
                    }
                }
            }
        }
        return result;
    }
}
