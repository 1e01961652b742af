package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.model.PackageId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A path that several packages want for different things.
 *
 * @param path below the environment's top, names separated by {@code /}
 * @param owners all that want it, in the packages' order
 */
public record Conflict(String path, List<Owner> owners) {
    public Conflict {
        owners = List.copyOf(owners);
    }

    /**
     * One who wants the path.
     *
     * @param id the package
     * @param type what the path is in it
     */
    public record Owner(PackageId id, TreeEntry.Type type) {
        @Override
        public String toString() {
            return type.name().toLowerCase(Locale.ROOT) + " of " + id;
        }
    }

    /** For people: {@code bin/x: file of a@1_1+…, file of b@1_1+…}. */
    @Override
    public String toString() {
        return path + ": " + owners.stream().map(Owner::toString).collect(Collectors.joining(", "));
    }
}
