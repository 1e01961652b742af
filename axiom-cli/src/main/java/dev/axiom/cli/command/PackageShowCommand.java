package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.PlainText;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provenance;
import dev.axiom.core.store.PackageFolder;
import dev.axiom.core.store.StoredPackage;
import dev.axiom.gc.TimeKeeping;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom package show}. */
@Command
public final class PackageShowCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PACKAGE", description = "Such as bash, bash@5.2.15, or the start of a build id.")
    private String ref = "";

    public PackageShowCommand(Session session) {
        this.session = session;
    }

    /** All that is shown. */
    private record Facts(
            StoredPackage stored,
            Optional<Instant> deadSince,
            List<String> holders,
            PackageFolder folder,
            Manifest manifest,
            Provenance provenance) {}

    @Override
    public int run() {
        PackageRef meant = Typed.packageRef(ref);
        try (OpenStore store = OpenStore.forReading(session, "package show")) {
            StoredPackage stored = store.packages().find(meant);
            // Before the lease, which would be one of them.
            List<String> holders = store.packages().holders(stored.id());
            Optional<Instant> deadSince = stored.deadSince().map(mark -> TimeKeeping.byTheClock(store.layout(), mark));
            Facts facts = store.packages()
                    .look(
                            store::lease,
                            stored.id(),
                            folder -> new Facts(
                                    stored, deadSince, holders, folder, folder.manifest(), folder.provenance()));
            session.output().data(json -> json(json, facts), text -> text(text, facts));
        }
        return 0;
    }

    private static void json(JsonGenerator json, Facts facts) throws IOException {
        Manifest.About about = facts.manifest().about();
        StoredPackage stored = facts.stored();
        json.writeStartObject();
        PackageJson.fields(json, stored.id());
        json.writeNumberField("bytes", stored.bytes());
        json.writeStringField("path", facts.folder().path().toString());
        json.writeStringField("description", about.description());
        json.writeStringField("license", about.license());
        json.writeStringField("homepage", about.homepage());
        json.writeStringField("maintainer", about.maintainer());
        JsonFields.texts(json, "tags", about.tags());
        JsonFields.texts(json, "dependencies", stored.dependencies());
        JsonFields.texts(json, "optional", stored.optional());
        JsonFields.texts(json, "provides", stored.provides());
        JsonFields.texts(json, "conflicts", stored.conflicts());
        JsonFields.texts(json, "replaces", stored.replaces());
        json.writeObjectFieldStart("provenance");
        json.writeStringField("source", facts.provenance().source());
        json.writeStringField("sha256", facts.provenance().sha256());
        json.writeStringField("addedBy", facts.provenance().addedBy());
        json.writeEndObject();
        json.writeStringField("treeDigest", stored.treeDigest());
        json.writeStringField(
                "deadSince", facts.deadSince().map(Instant::toString).orElse(null));
        JsonFields.texts(json, "holders", facts.holders());
        json.writeStringField("versionScheme", stored.id().version().scheme().toString());
        JsonFields.stated(json, "os", stored.platform().os());
        JsonFields.stated(json, "arch", stored.platform().arch());
        json.writeEndObject();
    }

    private static void text(Writer text, Facts facts) throws IOException {
        Manifest.About about = facts.manifest().about();
        StoredPackage stored = facts.stored();
        line(text, "Package", stored.id());
        line(text, "Description", about.description());
        line(text, "License", about.license());
        line(text, "Homepage", about.homepage());
        line(text, "Maintainer", about.maintainer());
        lines(text, "Tags", about.tags());
        line(text, "Versions", stored.id().version().scheme().toStringUnlessDefault());
        line(text, "Runs on", stored.platform().equals(Platform.ANY) ? "" : stored.platform());
        lines(text, "Depends", stored.dependencies());
        lines(text, "Optional", stored.optional());
        lines(text, "Provides", stored.provides());
        lines(text, "Conflicts", stored.conflicts());
        lines(text, "Replaces", stored.replaces());
        line(text, "Source", facts.provenance().source());
        line(text, "SHA-256", facts.provenance().sha256());
        line(text, "Added by", facts.provenance().addedBy());
        line(text, "Size", new ByteSize(stored.bytes()).human());
        line(text, "Folder", facts.folder().path());
        line(text, "Dead since", facts.deadSince().map(Instant::toString).orElse(""));
        lines(text, "In use by", facts.holders());
    }

    /** One line for each value; the name stands before the first. */
    private static void lines(Writer text, String name, Collection<?> values) throws IOException {
        String heading = name;
        for (Object value : values) {
            line(text, heading, value);
            heading = "";
        }
    }

    /** Nothing for a value that is not known. Further lines of a value stand below its first. */
    private static void line(Writer text, String name, Object value) throws IOException {
        String heading = name.isEmpty() ? "" : name + ":";
        for (String line : value.toString().strip().split("\n", -1)) {
            if (!line.isEmpty() || heading.isEmpty()) {
                text.append("%-13s%s".formatted(heading, PlainText.of(line)).stripTrailing())
                        .append('\n');
            }
            heading = "";
        }
    }
}
