package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.command.PackageJson;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            json.writeStringField("requirement", wanted.toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The field {@code choices}, inside an object: how to choose, the defaults too. */
    static void choices(JsonGenerator json, Choices choices) throws IOException {
        json.writeObjectFieldStart("choices");
        json.writeStringField("prefer", choices.prefer().toString());
        json.writeArrayFieldStart("preferPackages");
        for (Map.Entry<PackageName, Preference> one : choices.packages().entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", one.getKey().value());
            json.writeStringField("prefer", one.getValue().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "pins", choices.pins());
        texts(json, "exclude", choices.exclude());
        json.writeStringField("os", stated(choices.platform().os()));
        json.writeStringField("arch", stated(choices.platform().arch()));
        json.writeBooleanField("optional", choices.optional());
        texts(json, "several", choices.several());
        json.writeEndObject();
    }

    private static @Nullable String stated(String word) {
        return word.isEmpty() ? null : word;
    }

    private static void texts(JsonGenerator json, String field, Collection<?> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    /** The field {@code resolved}, inside an object; an empty list where there is no lock file. */
    static void resolved(JsonGenerator json, Optional<LockFile> lock) throws IOException {
        packages(json, "resolved", lock.map(LockFile::packages).orElse(List.of()));
    }

    /** A field with chosen packages, inside an object. */
    static void packages(JsonGenerator json, String field, List<LockedPackage> packages) throws IOException {
        json.writeArrayFieldStart(field);
        for (LockedPackage locked : packages) {
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
