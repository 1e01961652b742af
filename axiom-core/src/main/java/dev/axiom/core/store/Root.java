package dev.axiom.core.store;

import dev.axiom.core.model.PackageId;
import java.nio.file.Path;
import java.util.List;

/**
 * A record with what it keeps alive.
 *
 * @param key which root
 * @param state how far it is; every state counts
 * @param path its file, for messages
 * @param packages the packages that it lists
 */
public record Root(RecordKey key, RecordFile.State state, Path path, List<PackageId> packages) {
    public Root {
        packages = List.copyOf(packages);
    }
}
