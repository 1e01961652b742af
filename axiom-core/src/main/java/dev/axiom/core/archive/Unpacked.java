package dev.axiom.core.archive;

import org.jspecify.annotations.Nullable;

/**
 * What came out of a source.
 *
 * @param listing of the content, which also has the tree digest
 * @param metadata the documents of a packaged source
 * @param sourceSha256 of the archive file, 64 hex digits; null for a folder
 */
public record Unpacked(TreeListing listing, Metadata metadata, @Nullable String sourceSha256) {

    /** How many files, folders and links the content has. */
    public int entries() {
        return listing.entries().size();
    }

    /** The content's size in bytes. */
    public long bytes() {
        return listing.bytes();
    }
}
