package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.command.Changes;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.LockGraph;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom profile why}. */
@Command
public final class ProfileWhyCommand implements Action {
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
            Map<PackageId, List<LockGraph.Edge>> ways =
                    ProfileGraphCommand.graph(store, profile).why(name);
            session.output().data(json -> json(json, ways), text -> text(text, ways));
        }
        return 0;
    }

    private static void json(JsonGenerator json, Map<PackageId, List<LockGraph.Edge>> ways) throws IOException {
        json.writeStartArray();
        for (Map.Entry<PackageId, List<LockGraph.Edge>> way : ways.entrySet()) {
            json.writeStartObject();
            PackageJson.fields(json, way.getKey());
            json.writeArrayFieldStart("because");
            for (LockGraph.Edge edge : way.getValue()) {
                json.writeStartObject();
                json.writeStringField("package", edge.from().toString());
                json.writeStringField("needs", edge.requirement().toString());
                json.writeBooleanField("optional", edge.optional());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(Writer text, Map<PackageId, List<LockGraph.Edge>> ways) throws IOException {
        for (Map.Entry<PackageId, List<LockGraph.Edge>> way : ways.entrySet()) {
            PackageId first = way.getValue().isEmpty()
                    ? way.getKey()
                    : way.getValue().get(0).from();
            text.write("profile '" + profile + "' asks for " + words(first) + "\n");
            for (LockGraph.Edge edge : way.getValue()) {
                String verb = edge.optional() ? " can use " : " needs ";
                text.write("  " + words(edge.from()) + verb + edge.requirement() + ", which is " + words(edge.to())
                        + "\n");
            }
        }
    }

    private static String words(PackageId id) {
        return id.name() + " " + Changes.version(id);
    }
}
