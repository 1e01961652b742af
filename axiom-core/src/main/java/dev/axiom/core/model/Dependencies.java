package dev.axiom.core.model;

import java.util.List;

/**
 * What a package needs beside it at run time ({@code deps.yaml}). Its canonical text is part of the build id.
 *
 * @param requirements sorted; a name stands once
 */
public record Dependencies(List<Requirement> requirements) {
    /** It needs nothing. */
    public static final Dependencies NONE = new Dependencies(List.of());

    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if a name stands twice
     */
    public Dependencies {
        requirements = Texts.sorted("the dependencies", requirements, Requirement::name);
    }
}
