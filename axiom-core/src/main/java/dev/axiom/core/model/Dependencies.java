package dev.axiom.core.model;

import java.util.List;

/**
 * What a package needs beside it at run time ({@code deps.yaml}). Its canonical text is part of the build id.
 *
 * @param requirements sorted; a name stands once
 * @param optional what makes it better and may be missing; sorted; a name stands once
 */
public record Dependencies(List<Requirement> requirements, List<Requirement> optional) {
    /** It needs nothing. */
    public static final Dependencies NONE = new Dependencies(List.of());

    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if a name stands twice in a list
     */
    public Dependencies {
        requirements = Texts.sorted("the dependencies", requirements, Requirement::key);
        optional = Texts.sorted("the optional dependencies", optional, Requirement::key);
    }

    /** Nothing is optional. */
    public Dependencies(List<Requirement> requirements) {
        this(requirements, List.of());
    }
}
