package dev.axiom.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exactly one package: {@code name@version_revision+buildid} in text, everywhere. Ordered by name, version, revision,
 * build id.
 *
 * @param revision counts the packagings of one version, from {@link #DEFAULT_REVISION} upwards
 */
public record PackageId(PackageName name, Version version, int revision, BuildId buildId)
        implements Comparable<PackageId> {
    /** The revision of a package that names none. */
    public static final int DEFAULT_REVISION = 1;

    // Versions may hold '_' and '+' themselves; what counts is the last of each.
    private static final Pattern GRAMMAR = Pattern.compile("([^@]*)@(.+)_([0-9]{1,9})\\+([0-9a-f]{16})");

    /** @throws AxiomException {@code INVALID} if the revision is negative or above {@link Manifest#MAX_REVISION} */
    public PackageId {
        if (revision < 0 || revision > Manifest.MAX_REVISION) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "revision " + revision + " of " + name + " is not from 0 to " + Manifest.MAX_REVISION);
        }
    }

    /**
     * Reads the text form, with a version of the default scheme.
     *
     * @throws AxiomException {@code INVALID} if the text is no package id
     */
    public static PackageId parse(String text) {
        return parse(text, VersionScheme.SEMVER);
    }

    /**
     * Reads the text form, with a version of the given scheme.
     *
     * @throws AxiomException {@code INVALID} if the text is no package id with a version of this scheme
     */
    public static PackageId parse(String text, VersionScheme scheme) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "package id '" + text + "' is not valid: it must look like name@version_revision+buildid");
        }
        return new PackageId(
                new PackageName(matcher.group(1)),
                Version.parse(matcher.group(2), scheme),
                Integer.parseInt(matcher.group(3)),
                new BuildId(matcher.group(4)));
    }

    /**
     * Compares by name, version, revision, build id.
     *
     * @throws AxiomException {@code INVALID} if both have one name and versions of different schemes
     */
    @Override
    public int compareTo(PackageId other) {
        int order = name.compareTo(other.name);
        if (order == 0) {
            order = version.compareTo(other.version);
        }
        if (order == 0) {
            order = Integer.compare(revision, other.revision);
        }
        return order != 0 ? order : buildId.compareTo(other.buildId);
    }

    /** The text form, which {@link #parse(String)} takes back. */
    @Override
    public String toString() {
        return name + "@" + version + "_" + revision + "+" + buildId;
    }
}
