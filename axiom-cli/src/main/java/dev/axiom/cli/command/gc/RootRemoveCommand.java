package dev.axiom.cli.command.gc;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.Pin;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom root remove}. */
@Command
public final class RootRemoveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PIN", description = "Its name, or a package that it alone keeps; see: axiom root list.")
    private String name;

    public RootRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        String pin;
        try (OpenStore store = OpenStore.forRemoving(session, "root remove " + name)) {
            pin = meant(store);
            store.pins().remove(store.lease(), pin);
        }
        session.output()
                .done(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("root", pin);
                            json.writeBooleanField("removed", true);
                            json.writeEndObject();
                        },
                        "removed pin '" + pin + "'");
        return 0;
    }

    /** The pin of this name, else the only one that keeps just the package of this name; else the name, to be refused. */
    private String meant(OpenStore store) {
        List<Pin> pins = store.pins().list();
        if (pins.stream().anyMatch(pin -> pin.name().equals(name))) {
            return name;
        }
        PackageRef ref = PackageRef.parse(name);
        List<Pin> keeping = pins.stream()
                .filter(pin ->
                        pin.packages().size() == 1 && ref.matches(pin.packages().get(0)))
                .toList();
        return keeping.size() == 1 ? keeping.get(0).name() : name;
    }
}
