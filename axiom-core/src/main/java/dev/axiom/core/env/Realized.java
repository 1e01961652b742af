package dev.axiom.core.env;

import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.profile.Locked;
import java.nio.file.Path;
import java.util.List;

/**
 * What a realization came to.
 *
 * @param source the lock file that was asked for
 * @param record the generation that is current now
 * @param path the folder that directly holds {@code bin} and the like
 * @param changed whether the generation is new; false if the current one was what was asked for
 * @param decided the conflicts that the policy decided; empty if nothing was made
 */
public record Realized(Locked source, EnvRecord record, Path path, boolean changed, List<Conflict> decided) {
    public Realized {
        decided = List.copyOf(decided);
    }
}
