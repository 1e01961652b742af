package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.profile.Edited;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile add}. */
@Command(
        footer = {
            "%nA constraint is exact (1.2.3), a tilde (~1.2), a caret (^1.2), a range (>=8.0,<9), several of these with"
                    + " ||, or * for any version.",
            "A package that is wanted already gets the new constraint.",
            "%nExample:",
            "  axiom profile add dev \"apache-maven@^3.9\" jruby"
        })
public final class ProfileAddCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME[@CONSTRAINT]",
            description =
                    "A package, and which of its versions; an id, as other commands print it, asks for that version.")
    private List<String> packages;

    public ProfileAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        // Not converted by the parser: that would take a word that cannot be converted for one too many.
        List<String> wishes = Builds.asWishes(packages);
        List<Requirement> wanted =
                Typed.value(() -> wishes.stream().map(Requirement::parse).toList());
        requireOneOfEach(wanted);
        wanted.forEach(ProfileAddCommand::requireSome);
        Edited edited;
        try (OpenStore store = OpenStore.forWriting(session, "profile add " + profile)) {
            Builds.refuse(profile, wishes, store.packages(), session.output()::trouble);
            edited = store.profiles().add(store.lease(), profile, wanted);
        }
        ProfileEditCommand.tellLostComments(session, edited);
        String words = wanted.stream().map(Requirement::toString).collect(Collectors.joining(", "));
        session.output()
                .done(json -> ProfileJson.spec(json, edited.spec()), "profile '" + profile + "' wants " + words);
        return 0;
    }

    /** Bounds that shut each other out are a slip of the pen, and better told of now than as an unsolvable profile. */
    private static void requireSome(Requirement wanted) {
        for (Requirement alternative : wanted.alternatives()) {
            if (alternative.constraint().allowsNone()) {
                throw new AxiomException(
                        ErrorCode.USAGE,
                        "'" + alternative + "' allows no version at all",
                        "write bounds with something between, such as '" + alternative.name() + "@>=1.2,<3'",
                        null);
            }
        }
    }

    private static void requireOneOfEach(List<Requirement> wanted) {
        Set<PackageName> names = new HashSet<>();
        for (Requirement requirement : wanted) {
            if (!names.add(requirement.name())) {
                throw new AxiomException(
                        ErrorCode.USAGE,
                        "package " + requirement.name() + " is there twice, and a profile wants it once",
                        "write its bounds as one, such as '" + requirement.name() + "@>=1.2,<3'",
                        null);
            }
        }
    }
}
