package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.Changes;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.Grounds;
import dev.axiom.core.profile.LockGraph;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile why}. */
@Command(
        footer = {
            "%nEvery package that needs it is named, and the shortest way that leads there from what the profile asks"
                    + " for; a long list is cut."
        })
public final class ProfileWhyCommand implements Action {
    /** More ways than this fill the screen and tell nothing new. */
    private static final int SHOWN = 20;

    /** A script may want more; but each way can be long. */
    private static final int LISTED = 1000;

    private final Session session;

    @Parameters(index = "0", paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Parameters(index = "1", paramLabel = "PACKAGE", description = "The name of a package that was chosen for it.")
    private PackageName name;

    public ProfileWhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (OpenStore store = OpenStore.forReading(session, "profile why " + profile)) {
            List<Grounds> all = ProfileGraphCommand.graph(store, profile).why(name);
            session.output().data(json -> json(json, all), text -> text(text, all));
        }
        return 0;
    }

    private static void json(JsonGenerator json, List<Grounds> all) throws IOException {
        JsonFields.objects(json, all, grounds -> {
            PackageJson.fields(json, grounds.id());
            steps(json, grounds.because());
            json.writeBooleanField("requested", grounds.requested());
            json.writeNumberField("neededBy", grounds.dependents().size());
            JsonFields.objects(json, "dependents", first(LISTED, grounds), dependent -> {
                step(json, dependent.edge());
                if (dependent.before().isPresent()) {
                    steps(json, dependent.before().get());
                } else {
                    json.writeNullField("because");
                }
            });
        });
    }

    private static void steps(JsonGenerator json, List<LockGraph.Edge> steps) throws IOException {
        JsonFields.objects(json, "because", steps, edge -> {
            step(json, edge);
        });
    }

    private static void step(JsonGenerator json, LockGraph.Edge edge) throws IOException {
        json.writeStringField("package", edge.from().toString());
        json.writeStringField("needs", edge.requirement().toString());
        json.writeBooleanField("optional", edge.optional());
    }

    private static List<Grounds.Dependent> first(int most, Grounds grounds) {
        return grounds.dependents()
                .subList(0, Math.min(most, grounds.dependents().size()));
    }

    private void text(Writer text, List<Grounds> all) throws IOException {
        for (Grounds grounds : all) {
            List<Grounds.Dependent> shown = first(SHOWN, grounds);
            int more = grounds.dependents().size() - shown.size();
            if (shown.size() > 1) {
                text.write(words(grounds.id()) + " is needed by "
                        + shown.stream()
                                .map(dependent -> words(dependent.edge().from()))
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + (more > 0 ? " and " + more + " more" : "") + "\n");
            }
            if (grounds.requested()) {
                text.write(asksFor(grounds.id()));
            }
            for (Grounds.Dependent dependent : shown) {
                way(text, dependent);
            }
            if (!grounds.requested() && shown.isEmpty()) {
                text.write("nothing in profile '" + profile + "' needs " + words(grounds.id()) + "\n");
            }
            if (more > 0) {
                text.write(more + " more need it: --json lists " + LISTED + "\n");
            }
        }
    }

    private void way(Writer text, Grounds.Dependent dependent) throws IOException {
        List<LockGraph.Edge> way = dependent.way();
        if (way.isEmpty()) {
            text.write(sentence(dependent.edge()) + ", and is here because of that alone\n");
            return;
        }
        text.write(asksFor(way.get(0).from()));
        for (LockGraph.Edge edge : way) {
            text.write("  " + sentence(edge) + "\n");
        }
    }

    private String asksFor(PackageId id) {
        return "profile '" + profile + "' asks for " + words(id) + "\n";
    }

    private static String sentence(LockGraph.Edge edge) {
        String verb = edge.optional() ? " can use " : " needs ";
        return words(edge.from()) + verb + edge.requirement() + ", which is " + words(edge.to());
    }

    private static String words(PackageId id) {
        return id.name() + " " + Changes.version(id);
    }
}
