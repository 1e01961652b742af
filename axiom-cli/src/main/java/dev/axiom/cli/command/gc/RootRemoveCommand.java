package dev.axiom.cli.command.gc;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.cli.command.DamagedOption;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.Pin;
import dev.axiom.core.store.Records.IfDamaged;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code axiom root remove}. */
@Command
public final class RootRemoveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PIN", description = "Its name, or a package that it alone keeps; see: axiom root list.")
    private String name;

    @Mixin
    private DamagedOption damaged = new DamagedOption();

    public RootRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        String pin;
        try (OpenStore store = OpenStore.forRemoving(session, "root remove " + name)) {
            pin = meant(store);
            store.pins().remove(store.lease(), pin, damaged.choice());
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

    /** The pin of this name, else the only one that keeps just the package of this name. */
    private String meant(OpenStore store) {
        boolean said = damaged.choice() == IfDamaged.RELEASE; // whoever says that names the pin
        if (said || store.pins().names().contains(name)) {
            return name;
        }
        List<Pin> pins = store.pins().list();
        PackageRef ref = Typed.packageRef(name);
        List<Pin> keeping = pins.stream()
                .filter(pin -> pin.packages().stream().anyMatch(ref::matches))
                .toList();
        if (keeping.size() == 1 && keeping.get(0).packages().size() == 1) {
            return keeping.get(0).name();
        }
        String names = keeping.stream().map(pin -> "'" + pin.name() + "'").collect(Collectors.joining(", "));
        throw new AxiomException(
                keeping.size() > 1 ? ErrorCode.CONFLICT : ErrorCode.NOT_FOUND,
                keeping.isEmpty()
                        ? "there is no pin '" + name + "', nor one that keeps a package of that name"
                        : "no single pin keeps " + name + " alone: it is kept by " + names,
                keeping.isEmpty()
                        ? "axiom root list"
                        : "name the pin: axiom root remove " + keeping.get(0).name(),
                null);
    }
}
