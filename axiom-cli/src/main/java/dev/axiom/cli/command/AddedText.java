package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.core.store.Added;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** How packages are shown that were added, from wherever. */
final class AddedText {
    private AddedText() {}

    static void json(JsonGenerator json, List<Added> packages) throws IOException {
        json.writeStartArray();
        for (Added added : packages) {
            json.writeStartObject();
            PackageJson.fields(json, added.id());
            json.writeStringField("status", status(added));
            json.writeStringField("path", added.path().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
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
