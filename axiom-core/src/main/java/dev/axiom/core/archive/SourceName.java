package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's or folder's name tells about the package in it: {@code apache-maven-3.9.9-bin.tar.gz} is version 3.9.9 of
 * apache-maven. A guess; who uses it says so.
 */
public record SourceName(PackageName name, Version version, int revision) {
    private static final List<String> ENDINGS = List.of(
            ".tar.gz",
            ".tar.bz2",
            ".tar.xz",
            ".tar.zst",
            ".tar",
            ".tgz",
            ".tbz2",
            ".tbz",
            ".txz",
            ".tzst",
            ".zip",
            ".jar");

    private static final String MORE = "[0-9A-Za-z.+~]*";

    /** A date, or a version with a dot, is surer than a version without, so it is looked for first. */
    private static final List<Pattern> VERSIONS = List.of(
            Pattern.compile("(?<name>.+?)[-_@]v?(?<version>(?:" + Version.DATE + "(?![0-9])|[0-9]+\\.)" + MORE
                    + ")(?<rest>[-_].*)?"),
            Pattern.compile("(?<name>.+?)[-_@]v?(?<version>[0-9]" + MORE + ")(?<rest>[-_].*)?"));

    /** What Debian marks the archive of an upstream's own sources with. */
    private static final Pattern ORIGINAL = Pattern.compile("\\.orig$");

    /** What may follow a version and belongs to it. */
    private static final Pattern PRERELEASE = Pattern.compile(
            "[-_](?<word>(?:alpha|beta|rc|pre|preview|m|snapshot|ea)[.-]?[0-9]*(?:\\.[0-9]+)*)(?:[-_].*)?",
            Pattern.CASE_INSENSITIVE);

    /** As Debian writes it too: {@code 1.2-3ubuntu4_amd64}; a date's year is none. */
    private static final Pattern REVISION =
            Pattern.compile("[-_](?!" + Version.DATE + ")(?<revision>[0-9]{1,6})(?:(?:[-_+~.]|ubuntu|deb).*)?");

    /** The guess for this path's last name; empty if it shows no version. */
    public static Optional<SourceName> of(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? Optional.empty() : of(withoutEnding(last.toString()));
    }

    private static Optional<SourceName> of(String text) {
        for (Pattern pattern : VERSIONS) {
            Matcher parts = pattern.matcher(text);
            if (parts.matches()) {
                String version = ORIGINAL.matcher(parts.group("version")).replaceFirst("");
                return withRest(parts.group("name"), version, parts.group("rest"));
            }
        }
        return Optional.empty();
    }

    /** What follows the version: a word of a prerelease, a revision, or what tells nothing, such as a platform. */
    private static Optional<SourceName> withRest(String name, String version, @Nullable String rest) {
        String text = rest == null ? "" : rest;
        Matcher prerelease = PRERELEASE.matcher(text);
        if (prerelease.matches()) {
            return build(name, version + "-" + prerelease.group("word"), PackageId.DEFAULT_REVISION);
        }
        Matcher revision = REVISION.matcher(text);
        return build(name, version, number(revision.matches() ? revision.group("revision") : null));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? PackageId.DEFAULT_REVISION : Integer.parseInt(digits);
    }

    private static Optional<SourceName> build(String name, String version, int revision) {
        try {
            return Optional.of(new SourceName(new PackageName(name), Version.parse(version), revision));
        } catch (AxiomException notValid) {
            return Optional.empty(); // a name that no package can have tells nothing
        }
    }

    private static String withoutEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(lower::endsWith)
                .findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .orElse(name);
    }
}
