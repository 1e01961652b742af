package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import picocli.CommandLine.Command;

/** {@code axiom setup}. Doing it twice is fine. */
@Command
public final class SetupCommand implements Action {
    private final Session session;

    public SetupCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        boolean isNew = !OpenStore.exists(session);
        try (OpenStore store = OpenStore.forSetup(session)) {
            String pool = store.pool().location();
            session.output()
                    .summary(
                            json -> {
                                json.writeStartObject();
                                json.writeStringField("pool", pool);
                                json.writeStringField("status", isNew ? "created" : "unchanged");
                                json.writeEndObject();
                            },
                            text -> text.write((isNew ? "created " : "unchanged ") + pool + "\n"));
        }
        return 0;
    }
}
