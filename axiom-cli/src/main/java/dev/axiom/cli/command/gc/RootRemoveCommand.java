package dev.axiom.cli.command.gc;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom root remove}. */
@Command
public final class RootRemoveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PIN", description = "Its name; see: axiom root list.")
    private String name;

    public RootRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forWriting(session, "root remove " + name)) {
            store.pins().remove(store.lease(), name);
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("root", name);
                            json.writeBooleanField("removed", true);
                            json.writeEndObject();
                        },
                        "removed pin '" + name + "'");
        return 0;
    }
}
