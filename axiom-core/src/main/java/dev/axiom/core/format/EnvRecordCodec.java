package dev.axiom.core.format;

import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.ProfileName;
import java.util.List;

/** The record of an environment's generation, {@code <n>.env.yaml}. */
public final class EnvRecordCodec {
    private static final String FORMAT = "env_version";
    private static final int UNDERSTOOD = 1;
    private static final List<String> KNOWN =
            List.of(FORMAT, "env", "generation", "profile", "profile_generation", "strategy", "packages");

    private EnvRecordCodec() {}

    /**
     * Reads a record.
     *
     * @throws FormatException if the document breaks a rule, or is of a later format
     */
    public static EnvRecord read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fieldsOfFormat(FORMAT, UNDERSTOOD, KNOWN);
            return new EnvRecord(
                    fields.required("env").as(EnvName::new),
                    fields.required("generation").integer(1, Integer.MAX_VALUE),
                    fields.required("profile").as(ProfileName::new),
                    fields.required("profile_generation").integer(1, Integer.MAX_VALUE),
                    fields.required("strategy").as(EnvStrategy::named),
                    fields.required("packages").distinct(item -> item.as(PackageId::parse), id -> id));
        });
    }

    /** The canonical text: the same record gives the same bytes. */
    public static String write(EnvRecord record) {
        return new YamlWriter()
                .number(FORMAT, UNDERSTOOD)
                .text("env", record.env().value())
                .number("generation", record.generation())
                .text("profile", record.profile().value())
                .number("profile_generation", record.profileGeneration())
                .text("strategy", record.strategy().toString())
                .texts("packages", record.packages())
                .closed();
    }
}
