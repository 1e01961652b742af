package dev.axiom.core.model;

import java.util.List;
import java.util.function.Function;

/**
 * What a package says of itself ({@code manifest.yaml}). Its canonical text is part of the build id.
 *
 * @param revision counts the packagings of one version
 * @param platform where it runs
 */
public record Manifest(
        PackageName name, Version version, int revision, About about, Relations relations, Platform platform) {
    /** The largest revision, so that it always fits into a package id's text. */
    public static final int MAX_REVISION = 999_999_999;

    /**
     * What people want to know; an empty text or list means that it is not stated.
     *
     * @param description what the package is for; may have several lines
     * @param license best an SPDX expression, such as {@code GPL-3.0-or-later}
     * @param tags words to find it by, sorted
     */
    public record About(String description, String license, String homepage, String maintainer, List<String> tags) {
        /** Nothing is stated. */
        public static final About NOTHING = new About("", "", "", "", List.of());

        /**
         * Checks and sorts.
         *
         * @throws AxiomException {@code INVALID} if a text is too long or holds control characters, or a tag stands twice
         */
        public About {
            Texts.requireProse("the description", description);
            Texts.requireLine("the license", license);
            Texts.requireLine("the homepage", homepage);
            Texts.requireLine("the maintainer", maintainer);
            for (String tag : tags) {
                requireTag(tag);
            }
            tags = Texts.sorted("the tags", tags, Function.identity());
        }

        /**
         * Gives back a tag.
         *
         * @throws AxiomException {@code INVALID} if it is blank, too long, or holds control characters
         */
        public static String requireTag(String tag) {
            if (tag.isBlank()) {
                throw Texts.invalid("a tag must not be blank");
            }
            return Texts.requireLine("a tag", tag);
        }
    }

    /**
     * How it stands to other packages; each list is sorted and holds a name once.
     *
     * @param provides other names that it serves under
     * @param conflicts what cannot be in one environment with it
     * @param replaces what it takes the place of
     */
    public record Relations(List<Provided> provides, List<Requirement> conflicts, List<Requirement> replaces) {
        /** It stands alone. */
        public static final Relations NONE = new Relations(List.of(), List.of(), List.of());

        /**
         * Checks and sorts.
         *
         * @throws AxiomException {@code INVALID} if a name stands twice in a list (of what is provided: with the same
         *     version), or one has alternatives
         */
        public Relations {
            provides = Texts.sorted("the provided names", provides, Function.identity());
            conflicts = Texts.sorted("the conflicts", conflicts, Requirement::name);
            replaces = Texts.sorted("the replaced packages", replaces, Requirement::name);
            Texts.requireNoAlternatives("a conflict", conflicts);
            Texts.requireNoAlternatives("what is replaced", replaces);
        }
    }

    /**
     * Checks the revision.
     *
     * @throws AxiomException {@code INVALID} if the revision is negative or above {@link #MAX_REVISION}
     */
    public Manifest {
        requireRevision(revision);
    }

    /** Gives back a revision. @throws AxiomException {@code INVALID} if it is negative or above {@link #MAX_REVISION} */
    public static int requireRevision(int revision) {
        if (revision < 0 || revision > MAX_REVISION) {
            throw Texts.invalid("the revision must be from 0 to " + MAX_REVISION + ", not " + revision);
        }
        return revision;
    }

    /** A package that runs everywhere. */
    public Manifest(PackageName name, Version version, int revision, About about, Relations relations) {
        this(name, version, revision, about, relations, Platform.ANY);
    }

    /** A package that says no more of itself than it must; of the first revision. */
    public static Manifest of(PackageName name, Version version) {
        return new Manifest(name, version, PackageId.DEFAULT_REVISION, About.NOTHING, Relations.NONE);
    }

    /** The id of the package that has this manifest and the given content. */
    public PackageId id(BuildId buildId) {
        return new PackageId(name, version, revision, buildId);
    }
}
