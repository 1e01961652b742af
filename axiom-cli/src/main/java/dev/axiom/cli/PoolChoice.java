package dev.axiom.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Decides which pool a run works on: {@code --pool}, else {@code AXIOM_POOL}, else the configuration, else the default. */
final class PoolChoice {
    private PoolChoice() {}

    /**
     * Decides.
     *
     * @param configured the configuration's {@code pool}, or null
     * @throws dev.axiom.core.model.AxiomException {@code USAGE} if the one that counts is no location
     */
    static PoolLocation of(Environment environment, GlobalOptions options, @Nullable String configured) {
        if (options.pool() != null) {
            return PoolLocation.parse(options.pool(), "--pool");
        }
        String variable = environment.variable("AXIOM_POOL");
        if (!variable.isEmpty()) {
            return PoolLocation.parse(variable, "AXIOM_POOL");
        }
        if (configured != null) {
            return PoolLocation.parse(configured, "the configuration");
        }
        return new PoolLocation(PoolLocation.Kind.DIRECTORY, usual(environment).toString());
    }

    private static Path usual(Environment environment) {
        if (environment.superuser()) {
            return Path.of("/var/lib/axiom");
        }
        return environment.userFolder("XDG_DATA_HOME", ".local/share").resolve("axiom");
    }
}
