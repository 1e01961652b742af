package dev.axiom.core.store;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.DatasetName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package as a listing of the pool shows it.
 *
 * @param id which package
 * @param dataset where it lies
 * @param bytes the space that its destruction would free
 * @param deadSince when a collection first found that nothing uses it
 * @param properties what it was sealed with; read through the methods below
 */
public record StoredPackage(
        PackageId id, DatasetName dataset, long bytes, Optional<Instant> deadSince, Map<String, String> properties) {

    /** What it needs. Parsed anew at each call: most listings never ask. */
    public List<Requirement> dependencies() {
        return PackageProperties.dependencies(properties);
    }

    /** What makes it better and may be missing. */
    public List<Requirement> optional() {
        return PackageProperties.optional(properties);
    }

    /** Where it runs. */
    public Platform platform() {
        return PackageProperties.platform(properties);
    }

    public List<Requirement> conflicts() {
        return PackageProperties.conflicts(properties);
    }

    public List<Provided> provides() {
        return PackageProperties.provides(properties);
    }

    public List<Requirement> replaces() {
        return PackageProperties.replaces(properties);
    }

    /** The SHA-256 of its canonical listing, 64 hex digits. */
    public String treeDigest() {
        return PackageProperties.treeDigest(properties);
    }
}
