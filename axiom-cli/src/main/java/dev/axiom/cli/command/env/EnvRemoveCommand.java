package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.DamagedOption;
import dev.axiom.core.model.EnvName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom env remove}. */
@Command(footer = {"%nPackages that nothing else uses go with a later collection."})
public final class EnvRemoveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "Remove this generation only; it must not be the current one.")
    private @Nullable Integer generation;

    @Mixin
    private DamagedOption damaged = new DamagedOption();

    public EnvRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forRemoving(session, "env remove " + env)) {
            store.environments().remove(store.lease(), env, Optional.ofNullable(generation), damaged.choice());
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("env", env.value());
                            JsonFields.number(json, "generation", generation);
                            json.writeBooleanField("removed", true);
                            json.writeEndObject();
                        },
                        generation == null
                                ? "removed environment '" + env + "'"
                                : "removed generation " + generation + " of environment '" + env + "'");
        return 0;
    }
}
