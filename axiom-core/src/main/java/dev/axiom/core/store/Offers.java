package dev.axiom.core.store;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some packages by the names under which they meet requirements: their own, and those that they provide. */
public final class Offers {
    private final Map<PackageName, List<Offer>> byName = new HashMap<>();

    /** @param as what is provided; null for a package under its own name */
    private record Offer(PackageId by, @Nullable Provided as) {
        boolean meets(Requirement alternative) {
            return as == null ? alternative.allows(by) : as.satisfies(alternative);
        }
    }

    public Offers(Collection<StoredPackage> packages) {
        for (StoredPackage one : packages) {
            add(one.id().name(), new Offer(one.id(), null));
            one.provides().forEach(provided -> add(provided.name(), new Offer(one.id(), provided)));
        }
    }

    /**
     * Of these packages alone, so that no other one is read that may be damaged; what does not exist offers nothing.
     *
     * @throws dev.axiom.core.model.AxiomException {@code CORRUPT} if one of them is damaged
     */
    public static Offers of(PackageStore store, Collection<PackageId> ids) {
        return new Offers(ids.stream().flatMap(id -> store.find(id).stream()).toList());
    }

    private void add(PackageName name, Offer offer) {
        byName.computeIfAbsent(name, any -> new ArrayList<>()).add(offer);
    }

    /** The packages that meet a requirement or one of its alternatives, each once. */
    public Set<PackageId> meeting(Requirement requirement) {
        Set<PackageId> result = new LinkedHashSet<>();
        for (Requirement alternative : requirement.alternatives()) {
            for (Offer offer : byName.getOrDefault(alternative.name(), List.of())) {
                if (offer.meets(alternative)) {
                    result.add(offer.by());
                }
            }
        }
        return result;
    }
}
