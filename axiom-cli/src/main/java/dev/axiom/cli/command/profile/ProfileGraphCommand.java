package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.LockGraph;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom profile graph}. */
@Command(
        footer = {
            "%nDOT is the language of Graphviz; with --svg its program dot makes a picture of it.",
            "What the profile asks for is bold, an optional dependency is dashed.",
            "%nExample:",
            "  axiom profile graph dev --svg >dev.svg"
        })
public final class ProfileGraphCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Option(names = "--svg", description = "A picture instead of DOT; needs Graphviz.")
    private boolean svg;

    public ProfileGraphCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        if (svg && session.options().json()) {
            throw new AxiomException(
                    ErrorCode.USAGE,
                    "--svg and --json do not go together",
                    "--json gives the packages and who needs whom",
                    null);
        }
        try (OpenStore store = OpenStore.forReading(session, "profile graph " + profile)) {
            LockGraph graph = graph(store, profile);
            session.output().data(json -> json(json, graph), text -> {
                String dot = dot(graph);
                text.write(svg ? picture(dot) : dot);
            });
        }
        return 0;
    }

    private void json(JsonGenerator json, LockGraph graph) throws IOException {
        json.writeStartObject();
        json.writeStringField("profile", profile.value());
        ProfileJson.packages(json, "packages", graph.packages());
        JsonFields.objects(json, "edges", graph.edges(), edge -> {
            json.writeStringField("from", edge.from().toString());
            json.writeStringField("to", edge.to().toString());
            json.writeStringField("needs", edge.requirement().toString());
            json.writeBooleanField("optional", edge.optional());
        });
        json.writeEndObject();
    }

    /** @throws AxiomException {@code NOT_FOUND} if the profile was never resolved */
    static LockGraph graph(OpenStore store, ProfileName profile) {
        Locked locked = store.profiles().current(profile).orElseThrow(() -> Profiles.neverResolved(profile));
        return LockGraph.of(locked.lock(), store.packages());
    }

    private String dot(LockGraph graph) {
        StringBuilder dot = new StringBuilder("digraph \"" + profile + "\" {\n  node [shape=box];\n");
        for (LockedPackage one : graph.packages()) {
            dot.append("  ").append(node(one.id())).append(one.requested() ? " [style=bold];\n" : ";\n");
        }
        for (LockGraph.Edge edge : graph.edges()) {
            dot.append("  ")
                    .append(node(edge.from()))
                    .append(" -> ")
                    .append(node(edge.to()))
                    .append(edge.optional() ? " [style=dashed];\n" : ";\n");
        }
        return dot.append("}\n").toString();
    }

    /** Names and versions hold nothing that a quoted DOT text could take for something else. */
    private static String node(PackageId id) {
        return "\"" + id.name() + " " + id.version() + "\"";
    }

    private static String picture(String dot) {
        try {
            Path file = Files.createTempFile("axiom-", ".dot");
            try {
                Files.writeString(file, dot);
                Process process = new ProcessBuilder("dot", "-Tsvg", file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String picture = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new AxiomException(ErrorCode.UNAVAILABLE, "dot failed with exit code " + process.exitValue());
                }
                return picture;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    "cannot run dot: " + e.getMessage(),
                    "install Graphviz, or leave out --svg",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.failure(e);
        }
    }
}
