package dev.axiom.core.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exactly one package: {@code name@version_revision+buildid} in text, everywhere; a version that is not of the default
 * scheme has its scheme's name before it ({@code name@debian:1:2.3-4_1+buildid}). Ordered by name, version, revision,
 * build id; where versions of several schemes meet, by scheme first.
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
     * Reads the text form; the version's scheme stands before it unless it is the default one.
     *
     * @throws AxiomException {@code INVALID} if the text is no package id
     */
    public static PackageId parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "package id '" + text + "' is not valid: it must look like name@version_revision+buildid");
        }
        return new PackageId(
                new PackageName(matcher.group(1)),
                Version.parseQualified(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                new BuildId(matcher.group(4)));
    }

    /** Compares by name, version scheme, version, revision, build id. */
    @Override
    public int compareTo(PackageId other) {
        int order = name.compareTo(other.name);
        if (order == 0) {
            order = version.scheme().compareTo(other.version.scheme());
        }
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
        return name + "@" + version.qualified() + "_" + revision + "+" + buildId;
    }
}
