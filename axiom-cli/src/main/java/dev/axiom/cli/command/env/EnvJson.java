package dev.axiom.cli.command.env;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.command.Times;
import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.model.EnvRecord;
import java.io.IOException;
import java.nio.file.Path;

/** How environments look in JSON. */
final class EnvJson {
    private EnvJson() {}

    /** An object with the fields that scripts rely on after a change: {@code env, generation, path, packages}. */
    static void made(JsonGenerator json, EnvRecord record, Path path) throws IOException {
        json.writeStartObject();
        json.writeStringField("env", record.env().value());
        json.writeNumberField("generation", record.generation());
        json.writeStringField("path", path.toString());
        json.writeNumberField("packages", record.packages().size());
        json.writeEndObject();
    }

    /** The fields {@code env, profile, generation, packages, path}, inside an object. */
    static void summary(JsonGenerator json, EnvSummary env) throws IOException {
        EnvRecord record = env.current().record();
        json.writeStringField("env", record.env().value());
        json.writeStringField("profile", record.profile().value());
        json.writeNumberField("generation", record.generation());
        json.writeNumberField("packages", record.packages().size());
        json.writeStringField("path", env.path().toString());
    }

    /** The fields {@code generation, created, current, profile, profileGeneration, strategy}, inside an object. */
    static void generation(JsonGenerator json, EnvGeneration generation) throws IOException {
        EnvRecord record = generation.record();
        json.writeNumberField("generation", record.generation());
        json.writeStringField("created", Times.exact(generation.created()));
        json.writeBooleanField("current", generation.current());
        json.writeStringField("profile", record.profile().value());
        json.writeNumberField("profileGeneration", record.profileGeneration());
        json.writeStringField("strategy", record.strategy().toString());
    }
}
