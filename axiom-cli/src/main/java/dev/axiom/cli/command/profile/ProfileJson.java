package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.ProfileSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How profiles look in JSON. */
final class ProfileJson {
    private ProfileJson() {}

    /** An object with what the profile wants. */
    static void spec(JsonGenerator json, ProfileSpec spec) throws IOException {
        json.writeStartObject();
        fields(json, spec);
        json.writeEndObject();
    }

    /** The fields {@code profile}, {@code description} and {@code packages}, inside an object. */
    static void fields(JsonGenerator json, ProfileSpec spec) throws IOException {
        json.writeStringField("profile", spec.name().value());
        json.writeStringField("description", spec.description());
        JsonFields.objects(json, "packages", spec.packages(), wanted -> {
            json.writeStringField("name", wanted.name().value());
            json.writeStringField("constraint", wanted.constraint().toString());
            json.writeStringField("requirement", wanted.toString());
        });
    }

    /** The field {@code choices}, inside an object: how to choose, the defaults too. */
    static void choices(JsonGenerator json, Choices choices) throws IOException {
        json.writeObjectFieldStart("choices");
        json.writeStringField("prefer", choices.prefer().toString());
        JsonFields.objects(json, "preferPackages", choices.packages().entrySet(), one -> {
            json.writeStringField("name", one.getKey().value());
            json.writeStringField("prefer", one.getValue().toString());
        });
        JsonFields.texts(json, "pins", choices.pins());
        JsonFields.texts(json, "exclude", choices.exclude());
        JsonFields.stated(json, "os", choices.platform().os());
        JsonFields.stated(json, "arch", choices.platform().arch());
        json.writeBooleanField("optional", choices.optional());
        JsonFields.texts(json, "several", choices.several());
        json.writeEndObject();
    }

    /** The field {@code resolved}, inside an object; an empty list where there is no lock file. */
    static void resolved(JsonGenerator json, Optional<LockFile> lock) throws IOException {
        packages(json, "resolved", lock.map(LockFile::packages).orElse(List.of()));
    }

    /** A field with chosen packages, inside an object. */
    static void packages(JsonGenerator json, String field, List<LockedPackage> packages) throws IOException {
        JsonFields.objects(json, field, packages, locked -> {
            PackageJson.fields(json, locked.id());
            json.writeBooleanField("requested", locked.requested());
        });
    }
}
