package dev.axiom.core.format;

import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Manifest.About;
import dev.axiom.core.model.Manifest.Relations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.List;
import java.util.function.Function;

/** {@code manifest.yaml}. */
public final class ManifestCodec {
    private static final List<String> KNOWN = List.of(
            "name",
            "version",
            "revision",
            "description",
            "license",
            "homepage",
            "maintainer",
            "tags",
            "provides",
            "conflicts",
            "replaces",
            "os",
            "arch",
            "version-scheme");

    private ManifestCodec() {}

    /**
     * Reads a manifest.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static Manifest read(Source source) {
        return Document.closed(source, ManifestCodec::manifest);
    }

    /**
     * Whether these are the bytes that Axiom wrote, without reading what they say: for those who look at thousands.
     *
     * @param length how many of the bytes are the document
     */
    public static boolean isIntact(byte[] bytes, int length) {
        return EndLine.fits(bytes, length);
    }

    /** As {@link #isIntact}, of a manifest of the store; throws {@link FormatException} if it is not. */
    public static void checkIntact(Source source) {
        Document.checkClosed(source);
    }

    private static Manifest manifest(Field document) {
        Fields fields = document.fields(KNOWN);
        VersionScheme scheme =
                fields.or("version-scheme", field -> field.as(VersionScheme::named), VersionScheme.SEMVER);
        PackageName name = fields.required("name").as(PackageName::new);
        Version version = fields.required("version").as(text -> Version.parse(text, scheme));
        int revision =
                fields.or("revision", field -> field.integer(0, Manifest.MAX_REVISION), PackageId.DEFAULT_REVISION);
        About about = about(document, fields);
        Relations relations = relations(document, fields, scheme);
        Platform platform = PlatformFields.read(fields);
        return document.built(() -> new Manifest(name, version, revision, about, relations, platform));
    }

    private static About about(Field document, Fields fields) {
        String description = fields.or("description", Field::prose, "");
        String license = fields.or("license", Field::line, "");
        String homepage = fields.or("homepage", Field::line, "");
        String maintainer = fields.or("maintainer", Field::line, "");
        List<String> tags =
                fields.or("tags", field -> field.distinct(item -> item.as(About::requireTag), tag -> tag), List.of());
        return document.built(() -> new About(description, license, homepage, maintainer, tags));
    }

    private static Relations relations(Field document, Fields fields, VersionScheme scheme) {
        List<Provided> provides = fields.or(
                "provides",
                field -> field.distinct(item -> item.as(text -> Provided.parse(text, scheme)), Function.identity()),
                List.of());
        List<Requirement> conflicts = fields.or("conflicts", RequirementFields::readList, List.of());
        List<Requirement> replaces = fields.or("replaces", RequirementFields::readList, List.of());
        return document.built(() -> new Relations(provides, conflicts, replaces));
    }

    /** The canonical text: the same manifest gives the same bytes. What is not stated is left out. */
    public static String write(Manifest manifest) {
        About about = manifest.about();
        Relations relations = manifest.relations();
        VersionScheme scheme = manifest.version().scheme();
        return new YamlWriter()
                .text("name", manifest.name().value())
                .text("version", manifest.version().toString())
                .number("revision", manifest.revision())
                .textIfAny("description", about.description())
                .textIfAny("license", about.license())
                .textIfAny("homepage", about.homepage())
                .textIfAny("maintainer", about.maintainer())
                .textsIfAny("tags", about.tags())
                .textsIfAny("provides", relations.provides())
                .textsIfAny("conflicts", relations.conflicts())
                .textsIfAny("replaces", relations.replaces())
                .textIfAny("os", manifest.platform().os())
                .textIfAny("arch", manifest.platform().arch())
                .textIfAny("version-scheme", scheme.toStringUnlessDefault())
                .closed();
    }
}
