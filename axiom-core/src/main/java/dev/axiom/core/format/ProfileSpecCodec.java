package dev.axiom.core.format;

import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import java.util.List;

/** {@code profile.yaml}, which people may edit where it lies. */
public final class ProfileSpecCodec {
    private static final List<String> KNOWN = List.of("name", "description", "packages");

    private ProfileSpecCodec() {}

    /**
     * Reads a profile.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static ProfileSpec read(Source source) {
        return Document.open(source, document -> {
            Fields fields = document.fields(KNOWN);
            ProfileName name = fields.required("name").as(ProfileName::new);
            String description = fields.or("description", Field::prose, "");
            List<Requirement> packages = RequirementFields.readList(fields.required("packages"));
            return document.built(() -> new ProfileSpec(name, description, packages));
        });
    }

    /** The canonical text: the same profile gives the same bytes. */
    public static String write(ProfileSpec profile) {
        return new YamlWriter()
                .text("name", profile.name().value())
                .textIfAny("description", profile.description())
                .groups("packages", profile.packages(), RequirementFields::write)
                .open();
    }
}
