package dev.axiom.cli.command.gc;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.Texts;
import dev.axiom.core.store.Pins;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom root add}. */
@Command
public final class RootAddCommand implements Action {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PACKAGE", description = "What to keep.")
    private List<String> packages;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the pin; without it, it is called after the first package.")
    private @Nullable String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who ask.")
    private String reason = "";

    public RootAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        List<PackageRef> refs = Typed.packageRefs(packages);
        Typed.value(() -> Texts.requireLine("the reason", reason));
        Optional<String> stated = Optional.ofNullable(name).map(typed -> Typed.value(() -> Pin.requireName(typed)));
        Pin pin;
        try (OpenStore store = OpenStore.forWriting(session, "root add")) {
            List<PackageId> meant = store.packages().choose(refs, session.output()::trouble);
            pin = new Pin(stated.orElseGet(() -> Pins.nameFor(meant.get(0))), reason, meant);
            store.pins().add(store.lease(), pin);
        }
        session.output().done(json -> PinJson.write(json, pin), "pin '" + pin.name() + "' keeps " + PinJson.words(pin));
        return 0;
    }
}
