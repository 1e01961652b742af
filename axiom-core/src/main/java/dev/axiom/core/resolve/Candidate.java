package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.List;

/**
 * A package that can be chosen, with all that the resolver has to know of it.
 *
 * @param dependencies what must be chosen with it
 * @param conflicts what must not be chosen with it; names that it provides itself do not count
 * @param provides the other names under which it satisfies requirements and meets conflicts
 */
public record Candidate(
        PackageId id, List<Requirement> dependencies, List<Requirement> conflicts, List<Provided> provides) {

    /** Takes copies of the lists. */
    public Candidate {
        dependencies = List.copyOf(dependencies);
        conflicts = List.copyOf(conflicts);
        provides = List.copyOf(provides);
    }

    /** A package that only depends on others. */
    public static Candidate of(PackageId id, List<Requirement> dependencies) {
        return new Candidate(id, dependencies, List.of(), List.of());
    }
}
