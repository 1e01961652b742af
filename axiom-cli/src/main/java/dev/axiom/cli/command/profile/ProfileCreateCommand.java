package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom profile create}. */
@Command
public final class ProfileCreateCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "Its name.")
    private ProfileName profile;

    @Option(names = "--description", paramLabel = "TEXT", description = "What the profile is for.")
    private String description = "";

    public ProfileCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        ProfileSpec empty = Typed.value(() -> new ProfileSpec(profile, description, List.of()));
        try (OpenStore store = OpenStore.forWriting(session, "profile create " + profile)) {
            store.profiles().create(store.lease(), profile, description);
        }
        session.output().done(json -> ProfileJson.spec(json, empty), "created profile '" + profile + "'");
        return 0;
    }
}
