package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Environments;
import dev.axiom.core.model.AxiomException;
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
            List<EnvName> mounted = new ArrayList<>();
            int code = 0;
            for (EnvName env : wanted) {
                try {
                    environments.open(store.lease(), env, Optional.empty());
                    mounted.add(env);
                } catch (AxiomException e) {
                    int own = complain(env, e);
                    code = code == 0 ? own : code;
                }
            }
            report(mounted);
            return code;
        }
    }

    /** The others are mounted all the same: one key that is not loaded must not keep a machine from starting. */
    private int complain(EnvName env, AxiomException e) {
        String message = "environment '" + env + "' is not mounted: " + e.getMessage();
        return session.output().complain(new AxiomException(e.code(), message, e.hint(), e));
    }

    private void report(List<EnvName> mounted) {
        session.output()
                .summary(
                        json -> {
                            json.writeStartObject();
                            JsonFields.texts(json, "mounted", mounted);
                            json.writeEndObject();
                        },
                        text -> {
                            for (EnvName env : mounted) {
                                text.write("mounted " + env + "\n");
                            }
                        });
    }

    private static EnvName name(EnvSummary summary) {
        return summary.current().record().env();
    }
}
