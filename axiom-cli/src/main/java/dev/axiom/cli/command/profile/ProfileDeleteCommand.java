package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.DamagedOption;
import dev.axiom.core.model.ProfileName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "Delete this generation only; it must not be the current one, unless that is damaged.")
    private @Nullable Integer generation;

    @Mixin
    private DamagedOption damaged = new DamagedOption();

    public ProfileDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forRemoving(session, "profile delete " + profile)) {
            if (generation == null) {
                store.profiles().delete(store.lease(), profile, damaged.choice());
            } else {
                store.profiles().deleteGeneration(store.lease(), profile, generation, damaged.choice());
            }
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("profile", profile.value());
                            if (generation != null) {
                                json.writeNumberField("generation", generation);
                            }
                            json.writeBooleanField("deleted", true);
                            json.writeEndObject();
                        },
                        generation == null
                                ? "deleted profile '" + profile + "'"
                                : "deleted generation " + generation + " of profile '" + profile + "'");
        return 0;
    }
}
