package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Troubles;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;

/** {@code axiom profile list}. */
@Command
public final class ProfileListCommand implements Action {
    private final Session session;

    public ProfileListCommand(Session session) {
        this.session = session;
    }

    private record Row(ProfileSpec spec, Optional<Integer> generation) {}

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "profile list")) {
            Profiles profiles = store.profiles();
            TreeSet<ProfileName> names = new TreeSet<>(profiles.list());
            names.addAll(profiles.lost());
            Troubles troubles = new Troubles();
            List<Row> rows = names.stream()
                    .map(name -> troubles.look(() -> row(profiles, name)))
                    .flatMap(Optional::stream)
                    .toList();
            session.output().data(json -> json(json, rows), text -> text(text, rows));
            return troubles.tell(session.output());
        }
    }

    private static Row row(Profiles profiles, ProfileName name) {
        return new Row(profiles.spec(name), profiles.current(name).map(Locked::generation));
    }

    private static void json(JsonGenerator json, List<Row> rows) throws IOException {
        JsonFields.objects(json, rows, row -> {
            json.writeStringField("profile", row.spec().name().value());
            json.writeStringField("description", row.spec().description());
            json.writeNumberField("packages", row.spec().packages().size());
            JsonFields.number(json, "generation", row.generation().orElse(null));
        });
    }

    private static void text(Writer text, List<Row> rows) throws IOException {
        TextTable table = new TextTable("PROFILE", ">WANTED", ">GENERATION", "DESCRIPTION");
        for (Row row : rows) {
            ProfileSpec spec = row.spec();
            table.row(
                    spec.name(),
                    spec.packages().size(),
                    row.generation().map(String::valueOf).orElse("-"),
                    spec.description().lines().findFirst().orElse(""));
        }
        table.write(text);
    }
}
