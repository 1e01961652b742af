package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.Edited;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile remove}. */
@Command
public final class ProfileRemoveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "A package that it wants.")
    private List<String> packages;

    public ProfileRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        // Not converted by the parser: that would take a word that cannot be converted for one too many.
        List<PackageName> unwanted = packages.stream().map(Builds::name).toList();
        Edited edited;
        try (OpenStore store = OpenStore.forWriting(session, "profile remove " + profile)) {
            edited = store.profiles().remove(store.lease(), profile, unwanted);
        }
        ProfileEditCommand.tellLostComments(session, edited);
        String words = unwanted.stream().map(PackageName::toString).collect(Collectors.joining(", "));
        session.output()
                .done(
                        json -> ProfileJson.spec(json, edited.spec()),
                        "profile '" + profile + "' no longer wants " + words);
        return 0;
    }
}
