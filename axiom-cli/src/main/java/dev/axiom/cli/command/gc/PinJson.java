package dev.axiom.cli.command.gc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.JsonFields;
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
        fields(json, pin);
        json.writeEndObject();
    }

    /** The fields of {@link #write}, inside an object. */
    static void fields(JsonGenerator json, Pin pin) throws IOException {
        json.writeStringField("root", pin.name());
        json.writeStringField("reason", pin.reason());
        JsonFields.texts(json, "packages", pin.packages());
    }

    /** Its packages in a line. */
    static String words(Pin pin) {
        return pin.packages().stream().map(PackageId::toString).collect(Collectors.joining(", "));
    }
}
