package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Environments;
import dev.axiom.core.model.EnvName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom mount}: what a {@code zfs:} pool needs after a start; in a folder everything is there already. */
@Command(
        footer = {
            "%nWithout a name, all environments. A package stays mounted as long as an environment lists it.",
            "At every start: systemctl enable axiom-mount.service"
        })
public final class MountCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "ENV", arity = "0..*", description = "The environments.")
    private final List<EnvName> envs = new ArrayList<>();

    public MountCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forWriting(session, "mount")) {
            Environments environments = store.environments();
            List<EnvName> wanted = envs.isEmpty()
                    ? environments.list().stream().map(MountCommand::name).toList()
                    : List.copyOf(envs);
            wanted.forEach(env -> environments.open(store.lease(), env, Optional.empty()));
            session.output()
                    .summary(
                            json -> {
                                json.writeStartObject();
                                json.writeArrayFieldStart("mounted");
                                for (EnvName env : wanted) {
                                    json.writeString(env.value());
                                }
                                json.writeEndArray();
                                json.writeEndObject();
                            },
                            text -> {
                                for (EnvName env : wanted) {
                                    text.write("mounted " + env + "\n");
                                }
                            });
        }
        return 0;
    }

    private static EnvName name(EnvSummary summary) {
        return summary.current().record().env();
    }
}
