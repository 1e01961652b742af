package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An index of packages that are all in memory. Immutable, so that threads can share it. */
public final class MemoryIndex implements PackageIndex {
    private final Map<PackageName, List<Candidate>> candidates = new HashMap<>();
    private final Map<PackageName, Set<PackageName>> providers = new HashMap<>();

    /** An index of these packages, in any order. */
    public MemoryIndex(Collection<Candidate> packages) {
        for (Candidate candidate : packages) {
            PackageName name = candidate.id().name();
            candidates.computeIfAbsent(name, any -> new ArrayList<>()).add(candidate);
            for (Provided provided : candidate.provides()) {
                providers
                        .computeIfAbsent(provided.name(), any -> new TreeSet<>())
                        .add(name);
            }
        }
    }

    @Override
    public List<Candidate> candidates(PackageName name) {
        return Collections.unmodifiableList(candidates.getOrDefault(name, List.of()));
    }

    @Override
    public Set<PackageName> providers(PackageName name) {
        return Collections.unmodifiableSet(providers.getOrDefault(name, Set.of()));
    }

    @Override
    public Collection<PackageName> names() {
        return Collections.unmodifiableSet(candidates.keySet());
    }
}
