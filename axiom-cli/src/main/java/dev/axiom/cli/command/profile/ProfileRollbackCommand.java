package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.ProfileName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile rollback}. */
@Command(footer = {"%nNo generation is lost: a later one can be made current again in the same way."})
public final class ProfileRollbackCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "GENERATION",
            description = "Which one; without it, the one before the current.")
    private @Nullable Integer generation;

    public ProfileRollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        int current;
        try (OpenStore store = OpenStore.forWriting(session, "profile rollback " + profile)) {
            current = store.profiles().rollback(store.lease(), profile, Optional.ofNullable(generation));
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("profile", profile.value());
                            json.writeNumberField("generation", current);
                            json.writeEndObject();
                        },
                        "profile '" + profile + "': generation " + current + " is the current one");
        return 0;
    }
}
