package dev.axiom.core.env;

import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.model.PackageId;

/**
 * What one package brings into an environment.
 *
 * @param id the package
 * @param listing all its entries
 */
public record Contribution(PackageId id, TreeListing listing) {}
