package dev.axiom.core.env;

import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.profile.Locked;
import java.util.function.Supplier;

/**
 * What to make an environment of, and how.
 *
 * @param source reads the profile's lock file; asked again if its packages were collected between the reading and their
 *     protection
 * @param strategy where the files come from
 * @param onConflict who wins where packages want the same path
 * @param force to make a new generation even if the current one is what is asked for
 */
public record RealizeRequest(Supplier<Locked> source, EnvStrategy strategy, ConflictPolicy onConflict, boolean force) {}
