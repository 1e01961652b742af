package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom env rollback}. */
@Command(
        footer = {
            "%nNo generation is lost: a later one can be made current again in the same way. Shells in which the"
                    + " environment is active see the change at once."
        })
public final class EnvRollbackCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "GENERATION",
            description = "Which one; without it, the one before the current.")
    private @Nullable Integer generation;

    public EnvRollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        EnvSummary now;
        try (OpenStore store = OpenStore.forWriting(session, "env rollback " + env)) {
            now = store.environments().rollback(store.lease(), env, Optional.ofNullable(generation));
        }
        EnvRecord record = now.current().record();
        session.output()
                .done(
                        json -> EnvJson.made(json, record, now.path()),
                        "environment '" + env + "': generation " + record.generation() + " is the current one");
        return 0;
    }
}
