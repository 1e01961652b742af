package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.Changes;
import dev.axiom.cli.command.GenerationPair;
import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.env.Environments;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.profile.PackageChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom env diff}. */
@Command
public final class EnvDiffCommand implements Action {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FROM",
            description = "A generation; without it, the one before the current.")
    private @Nullable Integer from;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "Another; without it, the current one.")
    private @Nullable Integer to;

    public EnvDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Changes changes;
        try (OpenStore store = OpenStore.forReading(session, "env diff " + env)) {
            changes = changes(store.environments());
        }
        session.output()
                .data(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("env", env.value());
                            changes.json(json);
                            json.writeEndObject();
                        },
                        changes::text);
        return 0;
    }

    private Changes changes(Environments environments) {
        List<Integer> all = environments.generations(env).stream()
                .map(EnvGeneration::number)
                .toList();
        int current = environments.show(env).current().number();
        GenerationPair pair = GenerationPair.of(from, to, current, all);
        if (pair.from() != null) {
            return new Changes(pair.from(), pair.to(), environments.diff(env, pair.from(), pair.to()));
        }
        List<PackageChange> everything = environments.generations(env).stream()
                .filter(generation -> generation.number() == pair.to())
                .findFirst()
                .map(generation ->
                        PackageChange.between(List.of(), generation.record().packages()))
                .orElse(List.of());
        return new Changes(null, pair.to(), everything);
    }
}
