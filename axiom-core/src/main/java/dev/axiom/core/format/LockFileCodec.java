package dev.axiom.core.format;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.List;

/** {@code profile.lock.yaml}, and each generation of it. */
public final class LockFileCodec {
    private static final String FORMAT = "lock_version";
    private static final int UNDERSTOOD = 1;
    private static final String SCHEME = "version_scheme";
    private static final List<String> KNOWN = List.of(FORMAT, "profile_name", "resolved");
    private static final List<String> KNOWN_OF_PACKAGE =
            List.of("name", "version", SCHEME, "revision", "build_id", "requested");

    private LockFileCodec() {}

    /**
     * Reads a lock file.
     *
     * @throws FormatException if the document breaks a rule, or is of a later format
     */
    public static LockFile read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fieldsOfFormat(FORMAT, UNDERSTOOD, KNOWN);
            ProfileName profile = fields.required("profile_name").as(ProfileName::new);
            List<LockedPackage> packages =
                    fields.required("resolved").distinct(LockFileCodec::locked, LockedPackage::id);
            return document.built(() -> new LockFile(profile, packages));
        });
    }

    private static LockedPackage locked(Field item) {
        Fields fields = item.fields(KNOWN_OF_PACKAGE);
        VersionScheme scheme = fields.or(SCHEME, field -> field.as(VersionScheme::named), VersionScheme.SEMVER);
        PackageId id = new PackageId(
                fields.required("name").as(PackageName::new),
                fields.required("version").as(text -> Version.parse(text, scheme)),
                fields.required("revision").integer(0, Manifest.MAX_REVISION),
                fields.required("build_id").as(BuildId::new));
        return new LockedPackage(id, fields.required("requested").flag());
    }

    /** The canonical text: the same lock file gives the same bytes. */
    public static String write(LockFile lock) {
        return new YamlWriter()
                .number(FORMAT, UNDERSTOOD)
                .text("profile_name", lock.profile().value())
                .groups("resolved", lock.packages(), (yaml, one) -> yaml.text(
                                "name", one.id().name().value())
                        .text("version", one.id().version().toString())
                        .textIfAny(SCHEME, one.id().version().scheme().toStringUnlessDefault())
                        .number("revision", one.id().revision())
                        .text("build_id", one.id().buildId().value())
                        .flag("requested", one.requested()))
                .closed();
    }
}
