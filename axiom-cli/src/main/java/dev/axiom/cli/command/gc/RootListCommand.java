package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Troubles;
import dev.axiom.core.model.Pin;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code axiom root list}. */
@Command
public final class RootListCommand implements Action {
    private final Session session;

    public RootListCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "root list")) {
            Troubles troubles = new Troubles();
            List<Pin> pins = store.pins().names().stream()
                    .flatMap(name -> troubles.look(() -> store.pins().find(name)).stream())
                    .flatMap(Optional::stream)
                    .toList();
            session.output().data(json -> json(json, pins), text -> text(text, pins));
            return troubles.tell(session.output());
        }
    }

    private static void json(JsonGenerator json, List<Pin> pins) throws IOException {
        JsonFields.objects(json, pins, pin -> PinJson.fields(json, pin));
    }

    private static void text(Writer text, List<Pin> pins) throws IOException {
        TextTable table = new TextTable("PIN", "PACKAGES", "REASON");
        for (Pin pin : pins) {
            table.row(pin.name(), PinJson.words(pin), pin.reason());
        }
        table.write(text);
    }
}
