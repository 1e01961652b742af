package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Troubles;
import dev.axiom.cli.command.Times;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.store.RecordKind;
import dev.axiom.gc.LastCollection;
import dev.axiom.gc.Status;
import dev.axiom.gc.Timepiece;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code axiom status}. */
@Command
public final class StatusCommand implements Action {
    private final Session session;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "status")) {
            Troubles troubles = new Troubles();
            Status status = Status.read(
                    Collecting.target(store),
                    Timepiece.ofMachine(session.environment().clock()),
                    Collecting.options(store.settings().gc()),
                    troubles::add);
            session.output().data(json -> json(json, status), text -> text(text, status));
            return troubles.tell(session.output());
        }
    }

    private static void json(JsonGenerator json, Status status) throws IOException {
        json.writeStartObject();
        json.writeStringField("pool", status.location());
        amount(json, "packages", status.packages());
        amount(json, "live", status.live());
        amount(json, "waiting", status.waiting());
        amount(json, "collectable", status.collectable());
        amount(json, "environments", status.environments());
        json.writeObjectFieldStart("roots");
        for (RecordKind kind : RecordKind.values()) {
            json.writeNumberField(kind.word(), status.roots().getOrDefault(kind, 0));
        }
        json.writeEndObject();
        JsonFields.texts(json, "leases", status.leases());
        json.writeFieldName("lastCollection");
        last(json, status.last());
        json.writeEndObject();
    }

    private static void amount(JsonGenerator json, String field, Status.Amount amount) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", amount.count());
        json.writeNumberField("bytes", amount.bytes());
        json.writeEndObject();
    }

    private static void last(JsonGenerator json, Optional<LastCollection> last) throws IOException {
        if (last.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("ended", Times.exact(last.get().ended()));
        json.writeNumberField("collected", last.get().collected());
        json.writeNumberField("bytesFreed", last.get().bytesFreed());
        json.writeBooleanField("interrupted", last.get().interrupted());
        json.writeEndObject();
    }

    private static void text(Writer text, Status status) throws IOException {
        text.write("pool " + status.location() + "\n");
        TextTable table = new TextTable("", ">COUNT", ">SIZE");
        row(table, "packages", status.packages());
        row(table, "  in use", status.live());
        row(table, "  dead, in their grace period", status.waiting());
        row(table, "  dead, to be collected", status.collectable());
        row(table, "generations of environments", status.environments());
        for (RecordKind kind : RecordKind.values()) {
            table.row(rootsOf(kind), status.roots().getOrDefault(kind, 0), "");
        }
        table.row("commands at work", status.leases().size(), "");
        table.write(text);
        for (String lease : status.leases()) {
            text.write("at work: " + lease + "\n");
        }
        text.write(status.last()
                .map(last -> "last collection: " + Times.exact(last.ended()) + ", " + last.collected() + " collected, "
                        + new ByteSize(last.bytesFreed()).human() + " freed" + (last.interrupted() ? ", cut short" : "")
                        + "\n")
                .orElse("no collection yet\n"));
    }

    private static String rootsOf(RecordKind kind) {
        return "roots: " + kind.name().toLowerCase(Locale.ROOT) + (kind.hasGenerations() ? " generations" : "s");
    }

    private static void row(TextTable table, String what, Status.Amount amount) {
        table.row(what, amount.count(), new ByteSize(amount.bytes()).human());
    }
}
