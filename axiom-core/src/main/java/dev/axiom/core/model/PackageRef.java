package dev.axiom.core.model;

import java.util.Collection;
import java.util.Comparator;
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

    /** How surely a package is meant; the surest that any package has counts. */
    private enum Match {
        NO,
        BY_BUILD_ID,
        BY_EQUAL_VERSION,
        BY_TEXT
    }

    /** Whether the package can be meant, be it by name or by build id. */
    public boolean matches(PackageId id) {
        return match(id) != Match.NO;
    }

    private Match match(PackageId id) {
        Match byName = name.equals(id.name()) ? matchVersion(id) : Match.NO;
        return byName == Match.NO && matchesBuildId(id) ? Match.BY_BUILD_ID : byName;
    }

    private Match matchVersion(PackageId id) {
        if (version == null) {
            return Match.BY_TEXT;
        }
        Match whole = matchVersion(version, id);
        Matcher revised = WITH_REVISION.matcher(version);
        return whole == Match.NO && revised.matches() && isBuildOf(revised, id)
                ? matchVersion(revised.group(1), id)
                : whole;
    }

    /**
     * A text with an underscore is a version only if one is written exactly so: what is left of it might be a revision, and
     * {@code 5.2_1} must not mean 5.2.1, which has the same place in the order.
     */
    private static Match matchVersion(String version, PackageId id) {
        if (isWritten(version, id.version())) {
            return Match.BY_TEXT;
        }
        return version.indexOf('_') < 0 && isVersionOf(version, id) ? Match.BY_EQUAL_VERSION : Match.NO;
    }

    private static boolean isWritten(String text, Version version) {
        return text.equals(version.toString()) || text.equals(version.qualified());
    }

    private static boolean isBuildOf(Matcher revised, PackageId id) {
        return Integer.parseInt(revised.group(2)) == id.revision()
                && (revised.group(3) == null || id.buildId().value().startsWith(revised.group(3)));
    }

    private boolean matchesBuildId(PackageId id) {
        return version == null
                && BUILD_ID_PREFIX.matcher(text).matches()
                && id.buildId().value().startsWith(text);
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
     * The one package that is meant. A name that exists wins over reading the same text as a build id, and a version that
     * is written so over one that is only equal.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is none, with similar names as a hint; {@code CONFLICT} if there
     *     are several, all (up to ten) in the message
     */
    public PackageId select(Collection<PackageId> packages) {
        Match surest = packages.stream()
                .map(this::match)
                .max(Comparator.naturalOrder())
                .orElse(Match.NO);
        TreeSet<PackageId> found = packages.stream()
                .filter(id -> surest != Match.NO && match(id) == surest)
                .collect(Collectors.toCollection(TreeSet::new));
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
