package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.store.PackageRemoval;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom package remove}. */
@Command
public final class PackageRemoveCommand implements Action {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "PACKAGE",
            description = "Such as bash, bash@5.2.15, or the start of a build id.")
    private List<String> refs = List.of();

    public PackageRemoveCommand(Session session) {
        this.session = session;
    }

    /** A package that is gone, and what that freed. */
    private record Removed(PackageId id, long bytesFreed) {}

    @Override
    public int run() {
        List<PackageRef> meant = Typed.packageRefs(refs);
        int code = 0;
        List<Removed> removed = new ArrayList<>();
        try (OpenStore store = OpenStore.forRemoving(session, "package remove")) {
            // All names are understood before anything goes: a slip of the pen removes nothing.
            List<PackageId> chosen = store.packages().choose(meant, session.output()::trouble);
            PackageRemoval removal = new PackageRemoval(store.pool(), store.records());
            for (PackageId id : chosen) {
                try {
                    removed.add(new Removed(id, removal.remove(store.lease(), id)));
                } catch (AxiomException kept) {
                    int own = session.output().complain(kept);
                    code = code == 0 ? own : code;
                }
            }
        }
        if (!removed.isEmpty()) {
            session.output().summary(json -> json(json, removed), text -> text(text, removed));
        }
        return code;
    }

    private static void json(JsonGenerator json, List<Removed> packages) throws IOException {
        JsonFields.objects(json, packages, removed -> {
            PackageJson.fields(json, removed.id());
            json.writeNumberField("bytesFreed", removed.bytesFreed());
        });
    }

    private static void text(Writer text, List<Removed> packages) throws IOException {
        for (Removed removed : packages) {
            text.append("removed " + removed.id() + " (" + new ByteSize(removed.bytesFreed()).human() + ")\n");
        }
    }
}
