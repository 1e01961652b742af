package dev.axiom.core.profile;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import dev.axiom.core.resolve.Candidate;
import dev.axiom.core.resolve.PackageIndex;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.StoredPackage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The packages of a store as the resolver sees them, as they were at one moment. */
final class StoreIndex implements PackageIndex {
    private final Map<PackageName, List<StoredPackage>> byName;
    private final Map<PackageName, Set<PackageName>> providers;

    private StoreIndex(List<StoredPackage> packages) {
        this.byName = packages.stream()
                .collect(Collectors.groupingBy(stored -> stored.id().name()));
        this.providers = providers(packages);
    }

    /**
     * Lists the store once. What a package needs is parsed when its name is asked for, which most never are.
     *
     * @param trouble told of what cannot be understood and is left out; see {@link PackageStore#list}
     */
    static StoreIndex of(PackageStore store, Consumer<AxiomException> trouble) {
        return new StoreIndex(store.list(trouble));
    }

    private static Map<PackageName, Set<PackageName>> providers(List<StoredPackage> packages) {
        Map<PackageName, Set<PackageName>> providers = new HashMap<>();
        for (StoredPackage stored : packages) {
            for (Provided provided : stored.provides()) {
                providers
                        .computeIfAbsent(provided.name(), name -> new TreeSet<>())
                        .add(stored.id().name());
            }
        }
        return providers;
    }

    @Override
    public List<Candidate> candidates(PackageName name) {
        return byName.getOrDefault(name, List.of()).stream()
                .map(stored -> new Candidate(
                        stored.id(),
                        stored.dependencies(),
                        stored.conflicts(),
                        stored.provides(),
                        stored.optional(),
                        stored.platform()))
                .toList();
    }

    @Override
    public Set<PackageName> providers(PackageName name) {
        return providers.getOrDefault(name, Set.of());
    }

    @Override
    public Collection<PackageName> names() {
        return byName.keySet();
    }
}
