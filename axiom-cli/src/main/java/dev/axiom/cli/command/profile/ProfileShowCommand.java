package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Changes;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile show}. */
@Command
public final class ProfileShowCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "Its name.")
    private ProfileName profile;

    public ProfileShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "profile show " + profile)) {
            Profiles profiles = store.profiles();
            ProfileSpec spec = profiles.spec(profile);
            Optional<Locked> current = profiles.current(profile);
            session.output().data(json -> json(json, spec, current), text -> text(text, spec, current));
        }
        return 0;
    }

    private static void json(JsonGenerator json, ProfileSpec spec, Optional<Locked> current) throws IOException {
        json.writeStartObject();
        ProfileJson.fields(json, spec);
        ProfileJson.number(json, "generation", current.map(Locked::generation));
        ProfileJson.resolved(json, current.map(Locked::lock));
        json.writeEndObject();
    }

    private static void text(Writer text, ProfileSpec spec, Optional<Locked> current) throws IOException {
        text.write("profile " + spec.name() + ", "
                + current.map(locked -> "generation " + locked.generation()).orElse("never resolved") + "\n");
        if (!spec.description().isEmpty()) {
            text.write(spec.description().stripTrailing() + "\n");
        }
        Map<PackageName, Constraint> wanted = new TreeMap<>();
        for (Requirement requirement : spec.packages()) {
            wanted.put(requirement.name(), requirement.constraint());
        }
        Map<PackageName, PackageId> chosen = new TreeMap<>();
        current.ifPresent(locked -> {
            for (LockedPackage one : locked.lock().packages()) {
                chosen.put(one.id().name(), one.id());
            }
        });
        table(text, wanted, chosen);
    }

    private static void table(Writer text, Map<PackageName, Constraint> wanted, Map<PackageName, PackageId> chosen)
            throws IOException {
        TreeSet<PackageName> names = new TreeSet<>(wanted.keySet());
        names.addAll(chosen.keySet());
        TextTable table = new TextTable("PACKAGE", "WANTED", "CHOSEN", "BUILD ID");
        for (PackageName name : names) {
            Optional<Constraint> constraint = Optional.ofNullable(wanted.get(name));
            Optional<PackageId> id = Optional.ofNullable(chosen.get(name));
            table.row(
                    name,
                    constraint.map(Constraint::toString).orElse("-"),
                    id.map(Changes::version).orElse("-"),
                    id.map(one -> one.buildId().value()).orElse("-"));
        }
        table.write(text);
    }
}
