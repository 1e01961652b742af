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
import dev.axiom.core.store.Pins;
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

    @Parameters(
            paramLabel = "PIN",
            description = "Its name, or its package if it was given no name; see: axiom root list.")
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

    /**
     * The pin of this name, else the only one that keeps just this package and was given no name of its own: whoever named
     * a pin, or meant another package to stay by it, loses it to nobody who does not name it.
     */
    private String meant(OpenStore store) {
        boolean said = damaged.choice() == IfDamaged.RELEASE; // whoever says that names the pin
        if (said || store.pins().names().contains(name)) {
            return name;
        }
        PackageRef ref = Typed.packageRef(name);
        List<Pin> keeping = store.pins().list().stream()
                .filter(pin -> pin.packages().stream().anyMatch(ref::matches))
                .toList();
        List<Pin> unnamed =
                keeping.stream().filter(RootRemoveCommand::isUnnamed).toList();
        if (unnamed.size() == 1) {
            return unnamed.get(0).name();
        }
        if (keeping.isEmpty()) {
            throw none();
        }
        throw unnamed.isEmpty() ? notNamed(ErrorCode.NOT_FOUND, keeping) : notNamed(ErrorCode.CONFLICT, unnamed);
    }

    private static boolean isUnnamed(Pin pin) {
        return pin.packages().size() == 1
                && pin.name().equals(Pins.nameFor(pin.packages().get(0)));
    }

    private AxiomException none() {
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "there is no pin '" + name + "', nor one that keeps a package of that name",
                "axiom root list",
                null);
    }

    private AxiomException notNamed(ErrorCode code, List<Pin> keeping) {
        String names = keeping.stream().map(pin -> "'" + pin.name() + "'").collect(Collectors.joining(", "));
        return new AxiomException(
                code,
                "there is no pin '" + name + "'; a package of that name is kept by " + names,
                "name the pin: axiom root remove " + keeping.get(0).name(),
                null);
    }
}
