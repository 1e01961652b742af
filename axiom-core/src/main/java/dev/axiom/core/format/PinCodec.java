package dev.axiom.core.format;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import java.util.List;

/** A pin, {@code <name>.pin.yaml}. */
public final class PinCodec {
    private static final String FORMAT = "pin_version";
    private static final int UNDERSTOOD = 1;
    private static final List<String> KNOWN = List.of(FORMAT, "name", "reason", "packages");

    private PinCodec() {}

    /**
     * Reads a pin.
     *
     * @throws FormatException if the document breaks a rule, or is of a later format
     */
    public static Pin read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fieldsOfFormat(FORMAT, UNDERSTOOD, KNOWN);
            String name = fields.required("name").as(Pin::requireName);
            String reason = fields.or("reason", Field::line, "");
            List<PackageId> packages =
                    fields.required("packages").distinct(item -> item.as(PackageId::parse), id -> id);
            return document.built(() -> new Pin(name, reason, packages));
        });
    }

    /** The canonical text: the same pin gives the same bytes. */
    public static String write(Pin pin) {
        return new YamlWriter()
                .number(FORMAT, UNDERSTOOD)
                .text("name", pin.name())
                .textIfAny("reason", pin.reason())
                .texts("packages", pin.packages())
                .closed();
    }
}
