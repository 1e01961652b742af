package dev.axiom.core.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a source.
 *
 * @param listing of the content, which also has the tree digest
 * @param metadata the documents of a packaged source
 * @param sourceSha256 of the archive file, 64 hex digits; null for a folder
 * @param scripts the names of maintainer scripts that are kept and not run
 * @param remarks for the user: what a distribution's package says that Axiom cannot keep as it is meant
 */
public record Unpacked(
        TreeListing listing,
        Metadata metadata,
        @Nullable String sourceSha256,
        List<String> scripts,
        List<String> remarks) {

    /** A source without maintainer scripts. */
    Unpacked(TreeListing listing, Metadata metadata, @Nullable String sourceSha256) {
        this(listing, metadata, sourceSha256, List.of(), List.of());
    }

    /** The same with these documents in place of what the source brought, these scripts, and these remarks. */
    Unpacked described(String manifest, String dependencies, List<String> names, List<String> said) {
        Map<String, byte[]> documents = Map.of(
                Metadata.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8),
                Metadata.DEPENDENCIES, dependencies.getBytes(StandardCharsets.UTF_8));
        return new Unpacked(listing, new Metadata(documents), sourceSha256, List.copyOf(names), List.copyOf(said));
    }

    /** How many files, folders and links the content has. */
    public int entries() {
        return listing.entries().size();
    }

    /** The content's size in bytes. */
    public long bytes() {
        return listing.bytes();
    }
}
