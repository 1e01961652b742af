package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Times;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.Generation;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile history}. */
@Command
public final class ProfileHistoryCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    public ProfileHistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "profile history " + profile)) {
            List<Generation> history = store.profiles().history(profile);
            session.output().data(json -> json(json, history), text -> text(text, history));
        }
        return 0;
    }

    private static void json(JsonGenerator json, List<Generation> history) throws IOException {
        JsonFields.objects(json, history, generation -> {
            json.writeNumberField("generation", generation.number());
            json.writeStringField("created", Times.exact(generation.created()));
            json.writeBooleanField("current", generation.current());
            json.writeNumberField("packages", generation.lock().packages().size());
        });
    }

    private static void text(Writer text, List<Generation> history) throws IOException {
        TextTable table = new TextTable(">GENERATION", "RESOLVED", ">PACKAGES", "");
        for (Generation generation : history) {
            table.row(
                    generation.number(),
                    Times.exact(generation.created()),
                    generation.lock().packages().size(),
                    generation.current() ? "current" : "");
        }
        table.write(text);
    }
}
