package dev.axiom.cli.command.env;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Changes;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.cli.command.Times;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.PackageId;
import java.io.IOException;
import java.io.Writer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom env show}. */
@Command
public final class EnvShowCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    public EnvShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "env show " + env)) {
            EnvSummary summary = store.environments().show(env);
            session.output().data(json -> json(json, summary), text -> text(text, summary));
        }
        return 0;
    }

    private static void json(JsonGenerator json, EnvSummary summary) throws IOException {
        json.writeStartObject();
        json.writeStringField("env", summary.current().env().value());
        EnvJson.generation(json, summary.current());
        json.writeStringField("path", summary.path().toString());
        JsonFields.objects(json, "packages", summary.current().record().packages(), id -> {
            PackageJson.fields(json, id);
        });
        json.writeEndObject();
    }

    private static void text(Writer text, EnvSummary summary) throws IOException {
        EnvRecord record = summary.current().record();
        text.write("environment " + record.env() + ", generation " + record.generation() + " (" + record.strategy()
                + ", " + Times.exact(summary.current().created()) + ")\n");
        text.write("profile " + record.profile() + ", generation " + record.profileGeneration() + "\n");
        text.write(summary.path() + "\n");
        TextTable table = new TextTable("PACKAGE", "VERSION", "BUILD ID");
        for (PackageId id : record.packages()) {
            table.row(id.name(), Changes.version(id), id.buildId());
        }
        table.write(text);
    }
}
