package dev.axiom.core.profile;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.resolve.ResolvePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a resolve may go from the lock file that is there.
 *
 * @param prefer chooses everything anew, with this in place of the profile's own preference; empty for the profile's
 * @param upgrade empty to change only what must be; else what to upgrade, everything if no name is given
 * @param locked whether to fail instead of making another lock file
 * @param timeout how long to look
 */
public record ResolveRequest(
        Optional<Preference> prefer, Optional<Set<PackageName>> upgrade, boolean locked, Duration timeout) {
    /** How long to look if nobody says: an administrator waits no longer. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As few changes as can be. */
    public static final ResolveRequest MINIMAL =
            new ResolveRequest(Optional.empty(), Optional.empty(), false, PATIENCE);

    /** Takes a copy of the names. */
    public ResolveRequest {
        upgrade = upgrade.map(Set::copyOf);
    }

    /** Chooses everything anew. */
    public static ResolveRequest anew(Preference prefer) {
        return new ResolveRequest(Optional.of(prefer), Optional.of(Set.of()), false, PATIENCE);
    }

    /** Upgrades these, and changes nothing else without need; everything if there are none. */
    public static ResolveRequest upgrading(Set<PackageName> names) {
        return new ResolveRequest(Optional.empty(), Optional.of(names), false, PATIENCE);
    }

    /** The same, but failing instead of making another lock file. */
    public ResolveRequest asLocked() {
        return new ResolveRequest(prefer, upgrade, true, timeout);
    }

    /** The same, but giving up after this time. */
    public ResolveRequest within(Duration time) {
        return new ResolveRequest(prefer, upgrade, locked, time);
    }

    /** @throws AxiomException {@code NOT_FOUND} if something is to be upgraded that the lock file does not have */
    ResolvePolicy policy(ProfileSpec spec, Optional<LockFile> current) {
        Choices choices = prefer.map(spec.choices()::preferring).orElse(spec.choices());
        Platform here = Platform.here();
        Platform stated = choices.platform();
        Platform platform = new Platform(
                stated.os().isEmpty() ? here.os() : stated.os(), stated.arch().isEmpty() ? here.arch() : stated.arch());
        List<PackageId> had = current.map(LockFile::ids).orElse(List.of());
        upgrade.ifPresent(names -> requireKnown(names, had));
        List<PackageId> keep =
                had.stream().filter(id -> isKept(id.name(), choices)).toList();
        return new ResolvePolicy(choices.on(platform), Set.copyOf(keep), upgrade.orElse(Set.of()), timeout);
    }

    private boolean isKept(PackageName name, Choices choices) {
        return upgrade.map(names ->
                        names.isEmpty() ? choices.preferenceFor(name) == Preference.LOCKED : !names.contains(name))
                .orElse(true);
    }

    private static void requireKnown(Set<PackageName> names, List<PackageId> had) {
        for (PackageName name : names) {
            if (had.stream().noneMatch(id -> id.name().equals(name))) {
                throw new AxiomException(
                        ErrorCode.NOT_FOUND,
                        "cannot upgrade " + name + ": the profile's lock file does not have it",
                        "axiom profile show, to see what it has; axiom profile add, to ask for more",
                        null);
            }
        }
    }
}
