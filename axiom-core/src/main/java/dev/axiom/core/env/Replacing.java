package dev.axiom.core.env;

import dev.axiom.core.env.MergeTree.Claim;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Who gives way to whom at one place, because of what the packages say they replace: Debian's policy manual, 7.6.1. Only
 * a package's own name counts, not one that it provides, as for dpkg. Two that replace each other say nothing, and
 * neither gives way. A folder never gives way and never takes a place.
 */
final class Replacing {
    private final Map<PackageId, Supplier<List<Requirement>>> declared = new HashMap<>();
    private final Map<PackageId, List<Requirement>> known = new HashMap<>();

    Replacing(Collection<Contribution> packages) {
        packages.forEach(each -> declared.put(each.id(), each.replaces()));
    }

    /**
     * The claims of one place without those that give way to another of it, in their order; all of them if none would
     * be left (three packages can replace each other in a circle), or if a folder is among them.
     */
    List<Claim> standing(List<Claim> claims) {
        if (claims.stream().anyMatch(Claim::isFolder)) {
            return claims;
        }
        List<Claim> rest = claims.stream()
                .filter(claim -> claims.stream().noneMatch(other -> givesWay(claim, other)))
                .toList();
        return rest.isEmpty() ? claims : rest;
    }

    private boolean givesWay(Claim claim, Claim other) {
        return replaces(other.id(), claim.id()) && !replaces(claim.id(), other.id());
    }

    private boolean replaces(PackageId one, PackageId other) {
        return !one.equals(other)
                && known
                        .computeIfAbsent(
                                one, id -> declared.getOrDefault(id, List::of).get())
                        .stream()
                        .anyMatch(requirement -> requirement.allows(other));
    }
}
