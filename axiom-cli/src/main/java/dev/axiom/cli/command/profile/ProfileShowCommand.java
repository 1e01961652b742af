package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.Offers;
import dev.axiom.core.store.PackageStore;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** All that is shown. */
    private record Facts(ProfileSpec spec, Path file, Optional<Locked> current) {
        Optional<LockFile> lock() {
            return current.map(Locked::lock);
        }
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "profile show " + profile)) {
            Profiles profiles = store.profiles();
            ProfileSpec spec = profiles.spec(profile);
            Facts facts = new Facts(spec, store.layout().profileSpec(profile), profiles.current(profile));
            session.output().data(json -> json(json, facts), text -> text(text, facts, store.packages()));
        }
        return 0;
    }

    private static void json(JsonGenerator json, Facts facts) throws IOException {
        json.writeStartObject();
        ProfileJson.fields(json, facts.spec());
        JsonFields.number(
                json, "generation", facts.current().map(Locked::generation).orElse(null));
        ProfileJson.resolved(json, facts.lock());
        json.writeStringField("path", facts.file().toString());
        ProfileJson.choices(json, facts.spec().choices());
        json.writeEndObject();
    }

    private static void text(Writer text, Facts facts, PackageStore packages) throws IOException {
        ProfileSpec spec = facts.spec();
        text.write("profile " + spec.name() + ", "
                + facts.current()
                        .map(locked -> "generation " + locked.generation())
                        .orElse("never resolved")
                + "\n");
        if (!spec.description().isEmpty()) {
            text.write(spec.description().stripTrailing() + "\n");
        }
        text.write("File: " + facts.file() + "\n");
        choices(text, spec.choices());
        ProfileTable.write(
                text,
                spec.packages(),
                facts.lock(),
                () -> Offers.of(packages, facts.lock().map(LockFile::ids).orElse(List.of())));
    }

    /** A line for each choice that is not the default. */
    private static void choices(Writer text, Choices choices) throws IOException {
        List<String> preferences = new ArrayList<>();
        if (choices.prefer() != Choices.DEFAULT.prefer()) {
            preferences.add(choices.prefer().toString());
        }
        choices.packages().forEach((name, preference) -> preferences.add("of " + name + " " + preference));
        line(text, "Prefer", preferences);
        line(text, "Pins", choices.pins());
        line(text, "Exclude", choices.exclude());
        line(text, "Platform", choices.platform().equals(Platform.ANY) ? List.of() : List.of(choices.platform()));
        line(text, "Optional dependencies", choices.optional() ? List.of("wanted") : List.of());
        line(text, "Several versions of", choices.several());
    }

    private static void line(Writer text, String what, Collection<?> values) throws IOException {
        if (!values.isEmpty()) {
            text.write(what + ": " + values.stream().map(Object::toString).collect(Collectors.joining(", ")) + "\n");
        }
    }
}
