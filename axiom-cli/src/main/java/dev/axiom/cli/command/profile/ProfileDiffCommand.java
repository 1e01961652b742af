package dev.axiom.cli.command.profile;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.Changes;
import dev.axiom.cli.command.GenerationPair;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.Generation;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.profile.Profiles;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile diff}. */
@Command
public final class ProfileDiffCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FROM",
            description = "A generation; without it, the one before the current.")
    private @Nullable Integer from;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "Another; without it, the current one.")
    private @Nullable Integer to;

    public ProfileDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Changes changes;
        try (OpenStore store = OpenStore.forReading(session, "profile diff " + profile)) {
            changes = changes(store.profiles().history(profile));
        }
        session.output()
                .data(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("profile", profile.value());
                            changes.json(json);
                            json.writeEndObject();
                        },
                        changes::text);
        return 0;
    }

    private Changes changes(List<Generation> history) {
        int current = history.stream()
                .filter(Generation::current)
                .findFirst()
                .map(Generation::number)
                .orElseThrow(() -> Profiles.neverResolved(profile));
        List<Integer> all = history.stream().map(Generation::number).toList();
        GenerationPair pair = GenerationPair.of(from, to, current, all);
        List<PackageId> before = pair.from() == null ? List.of() : packages(history, pair.from());
        return new Changes(pair.from(), pair.to(), PackageChange.between(before, packages(history, pair.to())));
    }

    private List<PackageId> packages(List<Generation> history, int number) {
        return history.stream()
                .filter(generation -> generation.number() == number)
                .findFirst()
                .map(generation -> generation.lock().ids())
                .orElseThrow(() -> new AxiomException(
                        ErrorCode.NOT_FOUND,
                        "profile '" + profile + "' has no generation " + number,
                        "axiom profile history " + profile,
                        null));
    }
}
