package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.JsonFields;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.store.Added;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** How packages are shown that were added, from wherever. */
final class AddedText {
    private AddedText() {}

    static void json(JsonGenerator json, List<Added> packages) throws IOException {
        json(json, packages, Map.of());
    }

    /** @param missing what each package of a distribution lacks; the others are not in it */
    static void json(JsonGenerator json, List<Added> packages, Map<PackageId, List<Requirement>> missing)
            throws IOException {
        JsonFields.objects(json, packages, added -> {
            PackageJson.fields(json, added.id());
            json.writeStringField("status", status(added));
            json.writeStringField("path", added.path().toString());
            if (missing.containsKey(added.id())) {
                distribution(json, added, missing.getOrDefault(added.id(), List.of()));
            }
        });
    }

    private static void distribution(JsonGenerator json, Added added, List<Requirement> missing) throws IOException {
        JsonFields.texts(json, "scripts", added.scripts());
        JsonFields.objects(json, "unresolved", missing, requirement -> {
            json.writeStringField("requirement", requirement.toString());
            json.writeStringField("neededBy", added.id().toString());
        });
    }

    static void text(Writer text, List<Added> packages) throws IOException {
        for (Added added : packages) {
            text.append(status(added)).append(' ').append(added.id().toString()).append('\n');
        }
    }

    private static String status(Added added) {
        return added.isNew() ? "added" : "unchanged";
    }
}
