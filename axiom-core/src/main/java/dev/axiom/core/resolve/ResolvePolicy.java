package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the resolver prefers where the requirements leave a choice, what it must not choose, and how long it may look.
 *
 * @param choices the profile's own word on it
 * @param locked packages to keep: one of them goes, or another of its name comes, only if nothing else is possible
 *     without changing more important ones
 * @param first names of which the most welcome package is to be chosen, even if others cannot be kept then
 * @param timeout after which the resolver gives up; null for never
 */
public record ResolvePolicy(
        Choices choices, Set<PackageId> locked, Set<PackageName> first, @Nullable Duration timeout) {

    /** Takes copies of the sets. */
    public ResolvePolicy {
        locked = Set.copyOf(locked);
        first = Set.copyOf(first);
    }

    /** Nothing to keep, no end of time. */
    public static ResolvePolicy of(Choices choices) {
        return new ResolvePolicy(choices, Set.of(), Set.of(), null);
    }

    /** The given preference, nothing else. */
    public static ResolvePolicy prefer(Preference preference) {
        return of(Choices.DEFAULT.preferring(preference));
    }

    /** The same, but keeping these packages where that is possible. */
    public ResolvePolicy keeping(Collection<PackageId> packages) {
        return new ResolvePolicy(choices, Set.copyOf(packages), first, timeout);
    }

    /** The same, but giving up after this time. */
    public ResolvePolicy within(Duration time) {
        return new ResolvePolicy(choices, locked, first, time);
    }
}
