package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import java.util.List;

/**
 * A package that can be chosen, with all that the resolver has to know of it.
 *
 * @param dependencies what must be chosen with it
 * @param conflicts what must not be chosen with it; names that it provides itself do not count
 * @param provides the other names under which it satisfies requirements and meets conflicts
 * @param optional what is chosen with it if the policy wants that and it can be
 * @param platform where it runs
 */
public record Candidate(
        PackageId id,
        List<Requirement> dependencies,
        List<Requirement> conflicts,
        List<Provided> provides,
        List<Requirement> optional,
        Platform platform) {

    /** Takes copies of the lists. */
    public Candidate {
        dependencies = List.copyOf(dependencies);
        conflicts = List.copyOf(conflicts);
        provides = List.copyOf(provides);
        optional = List.copyOf(optional);
    }

    /** A package without optional dependencies that runs everywhere. */
    public Candidate(
            PackageId id, List<Requirement> dependencies, List<Requirement> conflicts, List<Provided> provides) {
        this(id, dependencies, conflicts, provides, List.of(), Platform.ANY);
    }

    /** A package that only depends on others. */
    public static Candidate of(PackageId id, List<Requirement> dependencies) {
        return new Candidate(id, dependencies, List.of(), List.of());
    }
}
