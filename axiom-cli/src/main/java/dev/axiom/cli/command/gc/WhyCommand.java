package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.cli.command.Times;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.store.Holders;
import dev.axiom.core.store.RecordKey;
import dev.axiom.gc.Why;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom why}. */
@Command
public final class WhyCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PACKAGE", description = "Which package.")
    private String reference;

    public WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        PackageRef ref = Typed.packageRef(reference);
        try (OpenStore store = OpenStore.forReading(session, "why " + reference)) {
            Why.Answer answer =
                    Why.explain(Collecting.target(store), store.packages().find(ref));
            session.output().data(json -> json(json, answer), text -> text(text, answer));
        }
        return 0;
    }

    private static void json(JsonGenerator json, Why.Answer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", answer.id().toString());
        json.writeBooleanField("live", answer.isLive());
        json.writeArrayFieldStart("chains");
        for (List<String> chain : answer.chains()) {
            JsonFields.texts(json, chain);
        }
        json.writeEndArray();
        JsonFields.texts(json, "lost", answer.lost());
        json.writeStringField("deadSince", answer.deadSince().map(Times::exact).orElse(null));
        json.writeEndObject();
    }

    private static void text(Writer text, Why.Answer answer) throws IOException {
        if (answer.isLive()) {
            text.write(answer.id() + " is in use:\n");
            for (List<String> chain : answer.chains()) {
                text.write("  " + String.join(" -> ", chain) + "\n");
            }
        } else if (!answer.lost().isEmpty()) {
            text.write(answer.id() + " is listed by nothing, and stays:\n");
        } else if (answer.deadSince().isPresent()) {
            text.write(answer.id() + " is dead since "
                    + Times.exact(answer.deadSince().get())
                    + ": nothing uses it, and it goes when its grace period is over\n");
        } else {
            text.write(answer.id() + " is used by nothing; its grace period starts with the next collection\n");
        }
        for (RecordKey key : answer.lost()) {
            String lost = Holders.lost(List.of(key.tag()));
            text.write("  " + lost + "; to give that up: " + key.removal() + " --damaged\n");
        }
    }
}
