package dev.axiom.core.model;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a user names a package: {@code bash}, {@code bash@5.2.15}, {@code bash@5.2.15_1},
 * {@code bash@5.2.15_1+buildid}, or at least four leading digits of a build id. It says nothing yet about whether such a
 * package exists, or only one; {@link #select} does.
 */
public final class PackageRef {
    private static final Pattern BUILD_ID_PREFIX = Pattern.compile("[0-9a-f]{4,16}");
    private static final Pattern WITH_REVISION = Pattern.compile("(.+)_([0-9]{1,9})(?:\\+([0-9a-f]{4,16}))?");
    private static final int LISTED = 10;

    private final String text;
    private final PackageName name;
    private final @Nullable String version;

    private PackageRef(String text, PackageName name, @Nullable String version) {
        this.text = text;
        this.name = name;
        this.version = version;
    }

    /**
     * Reads any of the forms.
     *
     * @throws AxiomException {@code INVALID} if the text can name no package at all
     */
    public static PackageRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new PackageRef(text, new PackageName(text), null);
        }
        String version = text.substring(at + 1);
        Matcher revised = WITH_REVISION.matcher(version);
        if (!isVersion(version)) {
            Version.parseQualified(revised.matches() ? revised.group(1) : version);
        }
        return new PackageRef(text, new PackageName(text.substring(0, at)), version);
    }

    /** In which scheme it is one shows only when it meets a package. */
    private static boolean isVersion(String version) {
        VersionScheme stated = VersionScheme.prefixOf(version);
        return stated == null
                ? Version.isOfAny(version)
                : Version.in(stated, stated.withoutPrefix(version)).isPresent();
    }

    /** Whether the package can be meant, be it by name or by build id. */
    public boolean matches(PackageId id) {
        return matchesName(id) || matchesBuildId(id);
    }

    private boolean matchesName(PackageId id) {
        return name.equals(id.name()) && (version == null || isVersionOf(version, id) || matchesRevision(version, id));
    }

    private boolean matchesBuildId(PackageId id) {
        return version == null
                && BUILD_ID_PREFIX.matcher(text).matches()
                && id.buildId().value().startsWith(text);
    }

    private static boolean matchesRevision(String version, PackageId id) {
        Matcher matcher = WITH_REVISION.matcher(version);
        return matcher.matches()
                && isVersionOf(matcher.group(1), id)
                && Integer.parseInt(matcher.group(2)) == id.revision()
                && (matcher.group(3) == null || id.buildId().value().startsWith(matcher.group(3)));
    }

    private static boolean isVersionOf(String version, PackageId id) {
        VersionScheme scheme = id.version().scheme();
        VersionScheme stated = VersionScheme.prefixOf(version);
        return (stated == null || stated == scheme)
                && Version.in(scheme, stated == null ? version : stated.withoutPrefix(version))
                        .filter(id.version()::equals)
                        .isPresent();
    }

    /**
     * The one package that is meant. A name that exists wins over reading the same text as a build id.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is none, with similar names as a hint; {@code CONFLICT} if there
     *     are several, all (up to ten) in the message
     */
    public PackageId select(Collection<PackageId> packages) {
        TreeSet<PackageId> found =
                packages.stream().filter(this::matchesName).collect(Collectors.toCollection(TreeSet::new));
        if (found.isEmpty()) {
            packages.stream().filter(this::matchesBuildId).forEach(found::add);
        }
        if (found.isEmpty()) {
            throw new AxiomException(ErrorCode.NOT_FOUND, "no package is called '" + text + "'", hint(packages), null);
        }
        if (found.size() > 1) {
            throw ambiguous(found);
        }
        return found.first();
    }

    private String hint(Collection<PackageId> packages) {
        List<String> known = packages.stream()
                .map(id -> version != null && id.name().equals(name)
                        ? name + "@" + id.version()
                        : id.name().value())
                .distinct()
                .toList();
        List<String> near = NearNames.of(text, known);
        return near.isEmpty() ? "axiom package list" : "did you mean " + String.join(" or ", near) + "?";
    }

    private AxiomException ambiguous(Set<PackageId> found) {
        String listed = found.stream().limit(LISTED).map(PackageId::toString).collect(Collectors.joining(", "));
        String more = found.size() > LISTED ? " and " + (found.size() - LISTED) + " more" : "";
        return new AxiomException(
                ErrorCode.CONFLICT,
                "'" + text + "' is ambiguous: it can mean " + listed + more,
                "name one of them by its id, or by the first digits of its build id",
                null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageRef ref && text.equals(ref.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
