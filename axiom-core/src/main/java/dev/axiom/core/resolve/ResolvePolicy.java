package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the resolver prefers where the requirements leave a choice, and how long it may look.
 *
 * @param locked packages to keep where that is possible: each is tried before any other of its name
 * @param timeout after which the resolver gives up; null for never
 */
public record ResolvePolicy(Preference preference, Map<PackageName, PackageId> locked, @Nullable Duration timeout) {

    /** Takes a copy of the map. */
    public ResolvePolicy {
        locked = Map.copyOf(locked);
    }

    /** The given preference, nothing to keep, no end of time. */
    public static ResolvePolicy prefer(Preference preference) {
        return new ResolvePolicy(preference, Map.of(), null);
    }

    /** The same, but trying these packages first. */
    public ResolvePolicy keeping(Map<PackageName, PackageId> packages) {
        return new ResolvePolicy(preference, packages, timeout);
    }

    /** The same, but giving up after this time. */
    public ResolvePolicy within(Duration time) {
        return new ResolvePolicy(preference, locked, time);
    }
}
