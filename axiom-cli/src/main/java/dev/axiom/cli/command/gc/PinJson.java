package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import java.io.IOException;
import java.util.stream.Collectors;

/** How a pin is told. */
final class PinJson {
    private PinJson() {}

    /** {@code {"root","reason","packages":[ids]}}. */
    static void write(JsonGenerator json, Pin pin) throws IOException {
        json.writeStartObject();
        json.writeStringField("root", pin.name());
        json.writeStringField("reason", pin.reason());
        json.writeArrayFieldStart("packages");
        for (PackageId id : pin.packages()) {
            json.writeString(id.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Its packages in a line. */
    static String words(Pin pin) {
        return pin.packages().stream().map(PackageId::toString).collect(Collectors.joining(", "));
    }
}
