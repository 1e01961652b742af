package dev.axiom.core.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What somebody wants installed together ({@code profile.yaml}): the input of the resolver.
 *
 * @param description what the profile is for; empty if not stated
 * @param packages sorted; a name stands once
 * @param choices how to choose among what meets them
 */
public record ProfileSpec(ProfileName name, String description, List<Requirement> packages, Choices choices) {
    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if the description is too long or holds control characters, or a name
     *     stands twice
     */
    public ProfileSpec {
        Texts.requireProse("the description", description);
        packages = Texts.sorted("the packages", packages, Requirement::name);
    }

    /** A profile that leaves all choices to the defaults. */
    public ProfileSpec(ProfileName name, String description, List<Requirement> packages) {
        this(name, description, packages, Choices.DEFAULT);
    }

    /** This profile with one more package; a requirement for the same name is replaced. */
    public ProfileSpec with(Requirement added) {
        Stream<Requirement> others = packages.stream().filter(old -> !old.name().equals(added.name()));
        return new ProfileSpec(
                name, description, Stream.concat(others, Stream.of(added)).toList(), choices);
    }

    /** This profile without a package; itself if it has none of that name. */
    public ProfileSpec without(PackageName removed) {
        List<Requirement> kept =
                packages.stream().filter(old -> !old.name().equals(removed)).toList();
        return kept.size() == packages.size() ? this : new ProfileSpec(name, description, kept, choices);
    }
}
