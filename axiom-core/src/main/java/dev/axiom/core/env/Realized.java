package dev.axiom.core.env;

import dev.axiom.core.model.EnvRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * What a realization came to.
 *
 * @param record the generation that is current now
 * @param path the folder that directly holds {@code bin} and the like
 * @param changed whether the generation is new; false if the current one was what was asked for
 * @param decided the conflicts that the policy decided; empty if nothing was made
 */
public record Realized(EnvRecord record, Path path, boolean changed, List<Conflict> decided) {
    public Realized {
        decided = List.copyOf(decided);
    }
}
