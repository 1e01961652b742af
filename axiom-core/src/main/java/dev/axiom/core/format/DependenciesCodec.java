package dev.axiom.core.format;

import dev.axiom.core.model.Dependencies;
import java.util.List;

/** {@code deps.yaml}. */
public final class DependenciesCodec {
    private static final List<String> KNOWN = List.of("dependencies", "optional");

    private DependenciesCodec() {}

    /**
     * Reads dependencies.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static Dependencies read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fields(KNOWN);
            return new Dependencies(
                    RequirementFields.readList(fields.required("dependencies")),
                    fields.or("optional", RequirementFields::readList, List.of()));
        });
    }

    /** The canonical text: the same dependencies give the same bytes. */
    public static String write(Dependencies dependencies) {
        return new YamlWriter()
                .groups("dependencies", dependencies.requirements(), RequirementFields::write)
                .groupsIfAny("optional", dependencies.optional(), RequirementFields::write)
                .closed();
    }
}
