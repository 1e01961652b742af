package dev.axiom.core.archive;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a packaged source brought besides its content, as they were written.
 *
 * @param documents by file name
 */
public record Metadata(Map<String, byte[]> documents) {
    /** Its presence at the top makes a source a packaged one, as does that of {@link #DEPENDENCIES}. */
    public static final String MANIFEST = "manifest.yaml";

    /** What the package needs. */
    public static final String DEPENDENCIES = "deps.yaml";

    /** Where the package came from. */
    public static final String PROVENANCE = "provenance.yaml";

    /** One document may be this long, in bytes: 1 MiB. */
    static final int LIMIT = 1 << 20;

    /** What a packaged source may have at its top that is not content. */
    static final Set<String> NAMES = Set.of(MANIFEST, DEPENDENCIES, PROVENANCE, TreeListing.FILE_NAME);

    /** No documents: a plain source. */
    public static final Metadata NONE = new Metadata(Map.of());

    public Metadata {
        documents = Map.copyOf(new TreeMap<>(documents));
    }

    /** Whether the source had a manifest. */
    public boolean isPackaged() {
        return documents.containsKey(MANIFEST);
    }

    /** The bytes of {@code manifest.yaml}, or null. */
    public byte @Nullable [] manifest() {
        return documents.get(MANIFEST);
    }

    /** The bytes of {@code deps.yaml}, or null. */
    public byte @Nullable [] dependencies() {
        return documents.get(DEPENDENCIES);
    }

    /** The bytes of {@code provenance.yaml}, or null. */
    public byte @Nullable [] provenance() {
        return documents.get(PROVENANCE);
    }
}
