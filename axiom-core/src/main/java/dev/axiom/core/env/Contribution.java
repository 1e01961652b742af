package dev.axiom.core.env;

import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one package brings into an environment.
 *
 * @param id the package
 * @param listing all its entries
 * @param replaces whose files it may take the place of; asked only where two packages want one path
 */
public record Contribution(PackageId id, TreeListing listing, Supplier<List<Requirement>> replaces) {
    /** A package that replaces no other. */
    public Contribution(PackageId id, TreeListing listing) {
        this(id, listing, List::of);
    }
}
