package dev.axiom.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a profile wants to be resolved, beside what it asks for.
 *
 * @param prefer which of several versions to take
 * @param packages the same for single packages, by name
 * @param pins which versions of a name may be chosen at all; a name stands once. They ask for nothing by themselves
 * @param exclude what must not be chosen; a name stands once
 * @param platform where it is to run; what it leaves open is that of the machine that resolves
 * @param optional whether optional dependencies are wanted
 * @param several names of which more than one version may be in the profile
 */
public record Choices(
        Preference prefer,
        Map<PackageName, Preference> packages,
        List<Requirement> pins,
        List<Requirement> exclude,
        Platform platform,
        boolean optional,
        Set<PackageName> several) {
    /** The newest of everything, for this machine, without optional dependencies. */
    public static final Choices DEFAULT =
            new Choices(Preference.NEWEST, Map.of(), List.of(), List.of(), Platform.ANY, false, Set.of());

    /**
     * Checks and sorts.
     *
     * @throws AxiomException {@code INVALID} if a name stands twice in a list, or a pin or exclusion has alternatives
     */
    public Choices {
        packages = Collections.unmodifiableMap(new TreeMap<>(packages));
        pins = Texts.sorted("the pins", pins, Requirement::name);
        exclude = Texts.sorted("the exclusions", exclude, Requirement::name);
        several = Collections.unmodifiableSet(new TreeSet<>(several));
        Texts.requireNoAlternatives("a pin", pins);
        Texts.requireNoAlternatives("an exclusion", exclude);
    }

    /** The preference for one name. */
    public Preference preferenceFor(PackageName name) {
        return packages.getOrDefault(name, prefer);
    }

    /** The same with another preference for all packages that have none of their own. */
    public Choices preferring(Preference other) {
        return new Choices(other, packages, pins, exclude, platform, optional, several);
    }

    /** The same for another platform. */
    public Choices on(Platform other) {
        return new Choices(prefer, packages, pins, exclude, other, optional, several);
    }
}
