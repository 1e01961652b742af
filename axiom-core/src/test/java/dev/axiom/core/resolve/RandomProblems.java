package dev.axiom.core.resolve;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Small problems in which everything that the resolver knows occurs, and every other one has no solution. */
final class RandomProblems {
    private final Random random;
    private int names;
    private VersionScheme scheme = VersionScheme.SEMVER;

    RandomProblems(Random random) {
        this.random = random;
    }

    Validity next() {
        names = 3 + random.nextInt(10);
        scheme = random.nextInt(3) == 0 ? VersionScheme.DEBIAN : VersionScheme.SEMVER;
        double density = 0.5 + random.nextDouble() * 2;
        boolean virtual = random.nextInt(3) == 0;
        List<Candidate> packages = new ArrayList<>();
        for (int name = 0; name < names; name++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                PackageId id = new PackageId(
                        new PackageName("p" + name),
                        version(),
                        1 + random.nextInt(2),
                        new BuildId("%016x".formatted(packages.size())));
                packages.add(new Candidate(
                        id,
                        some(density, this::dependency),
                        random.nextInt(4) == 0 ? some(1, this::one) : List.of(),
                        virtual && random.nextBoolean() ? List.of(provided()) : List.of(),
                        random.nextInt(3) == 0 ? some(1, this::dependency) : List.of(),
                        random.nextInt(8) == 0 ? new Platform("other", "") : Platform.ANY));
            }
        }
        List<Requirement> roots = new ArrayList<>(some(2, this::dependency));
        roots.add(one());
        return new Validity(packages, roots, choices());
    }

    private Choices choices() {
        Map<PackageName, Preference> single = random.nextInt(3) == 0 ? Map.of(name(), preference()) : Map.of();
        return new Choices(
                preference(),
                single,
                random.nextInt(4) == 0 ? List.of(one()) : List.of(),
                random.nextInt(4) == 0 ? List.of(one()) : List.of(),
                random.nextInt(3) == 0 ? new Platform("linux", "amd64") : Platform.ANY,
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? Set.of(name()) : Set.of());
    }

    private Preference preference() {
        return List.of(Preference.values()).get(random.nextInt(Preference.values().length));
    }

    private Version version() {
        return Version.parse(1 + random.nextInt(3) + ".0", scheme);
    }

    private Provided provided() {
        return new Provided(name(), random.nextBoolean() ? null : version());
    }

    private PackageName name() {
        // One name more than there are packages: it exists only as a provided one.
        return new PackageName("p" + random.nextInt(random.nextInt(4) == 0 ? names + 1 : names));
    }

    private List<Requirement> some(double density, Supplier<Requirement> make) {
        Map<String, Requirement> result = new LinkedHashMap<>();
        while (random.nextDouble() * (density + 1) < density && result.size() < 4) {
            Requirement requirement = make.get();
            result.putIfAbsent(requirement.key(), requirement);
        }
        return List.copyOf(result.values());
    }

    private Requirement dependency() {
        return random.nextInt(4) > 0 ? one() : Requirement.anyOf(List.of(one(), one(), one()));
    }

    private Requirement one() {
        List<String> forms = List.of("*", "*", "=%d.0", ">=%d.0", "<=%d.0", "!=%d.0", "^%d.0", "<%d.0");
        String constraint = forms.get(random.nextInt(forms.size())).formatted(1 + random.nextInt(3));
        String prefix = random.nextInt(6) == 0 && !constraint.equals("*") ? scheme + ":" : "";
        return Requirement.parse(name() + "@" + prefix + constraint);
    }
}
