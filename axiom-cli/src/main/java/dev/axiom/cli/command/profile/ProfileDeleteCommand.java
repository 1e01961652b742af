package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.ProfileName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile delete}. */
@Command(
        footer = {
            "%nEnvironments that were made of it stay. Packages that nothing else uses go with a later collection."
        })
public final class ProfileDeleteCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "Its name.")
    private ProfileName profile;

    public ProfileDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forRemoving(session, "profile delete " + profile)) {
            store.profiles().delete(store.lease(), profile);
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("profile", profile.value());
                            json.writeBooleanField("deleted", true);
                            json.writeEndObject();
                        },
                        "deleted profile '" + profile + "'");
        return 0;
    }
}
