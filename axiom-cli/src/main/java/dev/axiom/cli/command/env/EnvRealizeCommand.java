package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Output;
import dev.axiom.cli.Session;
import dev.axiom.core.env.Conflict;
import dev.axiom.core.env.ConflictPolicy;
import dev.axiom.core.env.RealizeRequest;
import dev.axiom.core.env.Realized;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.ProfileResolver;
import dev.axiom.core.profile.Profiles;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom env realize}. */
@Command(
        footer = {
            "%nMakes a new generation of the environment and switches to it. If the current one was made of the same"
                    + " packages in the same way, nothing is done."
        })
public final class EnvRealizeCommand implements Action {
    /** More of them help nobody; the conflicts are the same each time. */
    private static final int SHOWN = 10;

    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Parameters(index = "1", paramLabel = "PROFILE", description = "The profile whose packages it gets.")
    private ProfileName profile;

    @Option(
            names = "--strategy",
            paramLabel = "HOW",
            description = "link: symbolic links into the packages (the default). copy: files of its own.")
    private EnvStrategy strategy = EnvStrategy.LINK;

    @Option(
            names = "--on-conflict",
            paramLabel = "WHO",
            description = "Who gets a path that several packages want: error, nobody (the default); first or last,"
                    + " that package, in the order of their names.")
    private ConflictPolicy onConflict = ConflictPolicy.ERROR;

    @Option(names = "--force", description = "Make a new generation even if the current one is the same.")
    private boolean force;

    public EnvRealizeCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Realized realized;
        try (OpenStore store = OpenStore.forWriting(session, "env realize " + env + " " + profile)) {
            Profiles profiles = store.profiles();
            RealizeRequest request = new RealizeRequest(
                    () -> profiles.current(profile).orElseThrow(() -> Profiles.neverResolved(profile)),
                    strategy,
                    onConflict,
                    force);
            realized = store.environments().realize(store.lease(), env, request);
            tellDrift(store.resolver(), realized.source());
        }
        tell(session.output(), realized);
        return 0;
    }

    /** Who adds a package to a profile and forgets to resolve it would look for it in vain. */
    private void tellDrift(ProfileResolver resolver, Locked realized) {
        try {
            resolver.drift(realized).ifPresent(drift -> session.output()
                    .note("profile '" + profile + "' was edited since it was resolved: " + drift
                            + "; axiom profile resolve " + profile));
        } catch (AxiomException unreadable) { // what was asked for is done
            session.output().trouble(unreadable);
        }
    }

    private void tell(Output output, Realized realized) {
        List<Conflict> decided = realized.decided();
        decided.stream().limit(SHOWN).forEach(conflict -> output.note("the " + onConflict + " one won " + conflict));
        if (decided.size() > SHOWN) {
            output.note("and " + (decided.size() - SHOWN) + " more");
        }
        output.done(
                json -> EnvJson.made(json, realized.record(), realized.path()),
                sentence(realized.record(), realized.changed()));
    }

    private static String sentence(EnvRecord record, boolean changed) {
        String subject = "environment '" + record.env() + "': ";
        int packages = record.packages().size();
        return changed
                ? subject + "generation " + record.generation() + " has " + packages
                        + (packages == 1 ? " package" : " packages") + " of profile '" + record.profile()
                        + "' generation " + record.profileGeneration()
                : subject + "nothing changes, generation " + record.generation() + " is what was asked for";
    }
}
