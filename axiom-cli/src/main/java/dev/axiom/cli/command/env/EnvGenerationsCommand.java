package dev.axiom.cli.command.env;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Times;
import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom env generations}. */
@Command
public final class EnvGenerationsCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    public EnvGenerationsCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "env generations " + env)) {
            List<EnvGeneration> all = store.environments().generations(env);
            session.output().data(json -> json(json, all), text -> text(text, all));
        }
        return 0;
    }

    private static void json(JsonGenerator json, List<EnvGeneration> all) throws IOException {
        JsonFields.objects(json, all, generation -> {
            EnvJson.generation(json, generation);
            json.writeNumberField("packages", generation.record().packages().size());
        });
    }

    private static void text(Writer text, List<EnvGeneration> all) throws IOException {
        TextTable table =
                new TextTable(">GENERATION", "MADE", "PROFILE", ">OF GENERATION", "STRATEGY", ">PACKAGES", "");
        for (EnvGeneration generation : all) {
            EnvRecord record = generation.record();
            table.row(
                    record.generation(),
                    Times.exact(generation.created()),
                    record.profile(),
                    record.profileGeneration(),
                    record.strategy(),
                    record.packages().size(),
                    generation.current() ? "current" : "");
        }
        table.write(text);
    }
}
