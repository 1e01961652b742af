package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.PlainText;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Typed;
import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.store.PackageFolder;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom package files}. */
@Command
public final class PackageFilesCommand implements Action {
    private final Session session;

    @Option(
            names = {"-l", "--long"},
            description = "Show type, original mode, size and where links lead to.")
    private boolean details;

    @Parameters(paramLabel = "PACKAGE", description = "Such as bash, bash@5.2.15, or the start of a build id.")
    private String ref = "";

    public PackageFilesCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        PackageRef meant = Typed.packageRef(ref);
        try (OpenStore store = OpenStore.forReading(session, "package files")) {
            PackageId id = store.packages().find(meant).id();
            List<TreeEntry> entries = store.packages()
                    .look(store::lease, id, PackageFolder::listing)
                    .entries();
            session.output().data(json -> json(json, entries), text -> text(text, entries));
        }
        return 0;
    }

    private static void json(JsonGenerator json, List<TreeEntry> entries) throws IOException {
        JsonFields.objects(json, entries, entry -> {
            json.writeStringField("path", entry.path());
            json.writeStringField("type", entry.type().word());
            json.writeStringField("mode", mode(entry));
            json.writeNumberField("size", entry.size());
            json.writeStringField("target", isLink(entry) ? entry.target() : null);
        });
    }

    private void text(Writer text, List<TreeEntry> entries) throws IOException {
        if (!details) {
            for (TreeEntry entry : entries) {
                text.append(PlainText.of(entry.path())).append('\n');
            }
            return;
        }
        TextTable table = new TextTable("TYPE", "MODE", ">SIZE", "PATH");
        for (TreeEntry entry : entries) {
            String path = isLink(entry) ? entry.path() + " -> " + entry.target() : entry.path();
            table.row(entry.type().word(), mode(entry), entry.size(), PlainText.of(path));
        }
        table.write(text);
    }

    private static String mode(TreeEntry entry) {
        return "%04o".formatted(entry.mode());
    }

    private static boolean isLink(TreeEntry entry) {
        return entry.type() == TreeEntry.Type.LINK;
    }
}
