package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.core.model.PackageId;
import java.io.IOException;

/** How packages look in JSON, everywhere. */
public final class PackageJson {
    private PackageJson() {}

    /** The fields {@code id}, {@code name}, {@code version}, {@code revision} and {@code buildId}, inside an object. */
    public static void fields(JsonGenerator json, PackageId id) throws IOException {
        json.writeStringField("id", id.toString());
        json.writeStringField("name", id.name().value());
        json.writeStringField("version", id.version().toString());
        json.writeNumberField("revision", id.revision());
        json.writeStringField("buildId", id.buildId().value());
    }
}
