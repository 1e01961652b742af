package dev.axiom.core.format;

import dev.axiom.core.model.PackageId;

/**
 * What stands before a package's stream.
 *
 * @param id the package
 * @param isRest whether the stream goes on where an earlier one broke off
 */
public record StreamLabel(PackageId id, boolean isRest) {}
