package dev.axiom.core.env;

import dev.axiom.core.model.EnvRecord;
import java.nio.file.Path;

/**
 * A generation that a lease protects, with all its packages.
 *
 * @param record which
 * @param path the folder that directly holds {@code bin} and the like; good as long as the lease lives
 */
public record OpenEnv(EnvRecord record, Path path) {}
