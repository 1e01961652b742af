package dev.axiom.core.env;

import java.nio.file.Path;

/**
 * An environment as it is now.
 *
 * @param current its current generation
 * @param path the folder that directly holds {@code bin} and the like; stays the same when the generation changes
 */
public record EnvSummary(EnvGeneration current, Path path) {}
