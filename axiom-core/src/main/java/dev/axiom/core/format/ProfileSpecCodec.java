package dev.axiom.core.format;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** {@code profile.yaml}, which people may edit where it lies. */
public final class ProfileSpecCodec {
    private static final List<String> KNOWN = List.of(
            "name",
            "description",
            "prefer",
            "prefer-packages",
            "pins",
            "exclude",
            "os",
            "arch",
            "optional",
            "several",
            "packages");
    private static final List<String> KNOWN_OF_PREFERENCE = List.of("name", "prefer");

    private ProfileSpecCodec() {}

    /**
     * Reads a profile.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static ProfileSpec read(Source source) {
        return read(source, field -> field.as(ProfileName::new));
    }

    private static ProfileSpec read(Source source, Function<Field, ProfileName> named) {
        return Document.open(source, document -> {
            Fields fields = document.fields(KNOWN);
            ProfileName name = named.apply(fields.required("name"));
            String description = fields.or("description", Field::prose, "");
            List<Requirement> packages = RequirementFields.readList(fields.required("packages"));
            Choices choices = choices(document, fields);
            return document.built(() -> new ProfileSpec(name, description, packages, choices));
        });
    }

    /**
     * Reads a profile whose place says whose it must be.
     *
     * @throws FormatException if the document breaks a rule, or is another profile's
     */
    public static ProfileSpec read(Source source, ProfileName owner) {
        return read(source, field -> field.as(ProfileName::new, owner));
    }

    private static Choices choices(Field document, Fields fields) {
        Preference prefer = fields.or("prefer", field -> field.as(Preference::named), Preference.NEWEST);
        Map<PackageName, Preference> packages = fields.or("prefer-packages", ProfileSpecCodec::preferences, Map.of());
        List<Requirement> pins = fields.or("pins", RequirementFields::readList, List.of());
        List<Requirement> exclude = fields.or("exclude", RequirementFields::readList, List.of());
        Platform platform = PlatformFields.read(fields);
        boolean optional = fields.or("optional", Field::flag, false);
        List<PackageName> several =
                fields.or("several", field -> field.distinct(item -> item.as(PackageName::new), one -> one), List.of());
        return document.built(
                () -> new Choices(prefer, packages, pins, exclude, platform, optional, new TreeSet<>(several)));
    }

    private static Map<PackageName, Preference> preferences(Field list) {
        Map<PackageName, Preference> result = new TreeMap<>();
        list.distinct(ProfileSpecCodec::preference, Map.Entry::getKey)
                .forEach(entry -> result.put(entry.getKey(), entry.getValue()));
        return result;
    }

    private static Map.Entry<PackageName, Preference> preference(Field item) {
        Fields fields = item.fields(KNOWN_OF_PREFERENCE);
        return Map.entry(
                fields.required("name").as(PackageName::new),
                fields.required("prefer").as(Preference::named));
    }

    /** The canonical text: the same profile gives the same bytes. */
    public static String write(ProfileSpec profile) {
        Choices choices = profile.choices();
        YamlWriter yaml = new YamlWriter()
                .text("name", profile.name().value())
                .textIfAny("description", profile.description())
                .textIfAny(
                        "prefer",
                        choices.prefer() == Preference.NEWEST
                                ? ""
                                : choices.prefer().toString())
                .groupsIfAny("prefer-packages", choices.packages().entrySet(), (group, entry) -> group.text(
                                "name", entry.getKey().value())
                        .text("prefer", entry.getValue().toString()))
                .groupsIfAny("pins", choices.pins(), RequirementFields::write)
                .groupsIfAny("exclude", choices.exclude(), RequirementFields::write)
                .textIfAny("os", choices.platform().os())
                .textIfAny("arch", choices.platform().arch());
        if (choices.optional()) {
            yaml.flag("optional", true);
        }
        return yaml.textsIfAny("several", choices.several())
                .groups("packages", profile.packages(), RequirementFields::write)
                .open();
    }
}
