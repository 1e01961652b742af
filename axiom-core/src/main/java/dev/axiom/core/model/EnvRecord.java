package dev.axiom.core.model;

import java.util.List;
import java.util.function.Function;

/**
 * One generation of an environment: a root for the collector.
 *
 * @param generation its number, from 1
 * @param profile what it was realized from
 * @param profileGeneration which generation of that profile's lock file
 * @param packages sorted, each once
 */
public record EnvRecord(
        EnvName env,
        int generation,
        ProfileName profile,
        int profileGeneration,
        EnvStrategy strategy,
        List<PackageId> packages) {
    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if a number is below 1 or a package stands twice
     */
    public EnvRecord {
        Texts.requireAtLeast("the generation", generation, 1);
        Texts.requireAtLeast("the profile's generation", profileGeneration, 1);
        packages = Texts.sorted("the packages", packages, Function.identity());
    }
}
