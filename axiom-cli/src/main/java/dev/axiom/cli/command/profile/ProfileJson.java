package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
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
        json.writeArrayFieldStart("packages");
        for (Requirement wanted : spec.packages()) {
            json.writeStartObject();
            json.writeStringField("name", wanted.name().value());
            json.writeStringField("constraint", wanted.constraint().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The field {@code resolved}, inside an object; an empty list where there is no lock file. */
    static void resolved(JsonGenerator json, Optional<LockFile> lock) throws IOException {
        json.writeArrayFieldStart("resolved");
        for (LockedPackage locked : lock.map(LockFile::packages).orElse(List.of())) {
            json.writeStartObject();
            PackageJson.fields(json, locked.id());
            json.writeBooleanField("requested", locked.requested());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A field with a number, or null where there is none. */
    static void number(JsonGenerator json, String field, Optional<Integer> number) throws IOException {
        json.writeFieldName(field);
        if (number.isPresent()) {
            json.writeNumber(number.get());
        } else {
            json.writeNull();
        }
    }
}
