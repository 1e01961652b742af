package dev.axiom.cli.command.env;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Troubles;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.model.EnvRecord;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code axiom env list}. */
@Command
public final class EnvListCommand implements Action {
    private final Session session;

    public EnvListCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "env list")) {
            Troubles troubles = new Troubles();
            List<EnvSummary> all = store.environments().names(troubles::add).stream()
                    .flatMap(env -> troubles.look(() -> store.environments().current(env)).stream())
                    .flatMap(Optional::stream)
                    .toList();
            session.output().data(json -> json(json, all), text -> text(text, all));
            return troubles.tell(session.output());
        }
    }

    private static void json(JsonGenerator json, List<EnvSummary> all) throws IOException {
        JsonFields.objects(json, all, env -> EnvJson.summary(json, env));
    }

    private static void text(Writer text, List<EnvSummary> all) throws IOException {
        TextTable table = new TextTable("ENVIRONMENT", "PROFILE", ">GENERATION", ">PACKAGES", "PATH");
        for (EnvSummary env : all) {
            EnvRecord record = env.current().record();
            table.row(
                    record.env(),
                    record.profile(),
                    record.generation(),
                    record.packages().size(),
                    env.path());
        }
        table.write(text);
    }
}
