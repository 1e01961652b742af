package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.model.PackageId;

/**
 * One thing to make in an environment's tree.
 *
 * @param action what to make
 * @param owner the package it is made from
 * @param entry its path, and mode, size and target as the package lists them; a folder of several packages has the bits
 *     that all of them allow
 */
public record MergeStep(Action action, PackageId owner, TreeEntry entry) {

    /** What can be made. */
    public enum Action {
        /** A folder of its own. */
        FOLDER,
        /** A symbolic link to the file or the whole folder in the package. */
        LINK_TO_PACKAGE,
        /** A symbolic link that leads where the package's own leads. */
        SAME_LINK,
        /** A file of its own with the content of the package's. */
        COPY
    }

    /** Where, below the environment's top. */
    public String path() {
        return entry.path();
    }
}
