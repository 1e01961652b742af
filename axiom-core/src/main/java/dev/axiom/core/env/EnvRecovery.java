package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.DatasetName;
import java.util.List;

/**
 * What cleaning up after crashes came to.
 *
 * @param destroyed the half-made or half-removed generations that went
 * @param problems what only a person can mend; their messages name the place
 */
public record EnvRecovery(List<DatasetName> destroyed, List<AxiomException> problems) {
    public EnvRecovery {
        destroyed = List.copyOf(destroyed);
        problems = List.copyOf(problems);
    }
}
