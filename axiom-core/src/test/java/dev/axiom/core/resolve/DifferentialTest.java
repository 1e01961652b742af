package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Compares the resolver with one so simple that it can only be right: it tries everything. */
@ExtendWith(Seeds.class)
final class DifferentialTest {
    private static final int PROBLEMS = 4_000;
    private static final ResolvePolicy NEWEST = ResolvePolicy.prefer(Preference.NEWEST);

    private record Problem(List<Candidate> packages, List<Requirement> roots) {}

    @Test
    void agreesWithTryingEverything() {
        Random random = Seeds.random();
        int solvable = 0;
        for (int i = 0; i < PROBLEMS; i++) {
            Problem problem = anyProblem(random);
            Resolution found = resolve(problem);
            boolean possible = exists(problem, new ArrayList<>(), 0, names(problem));
            assertThat(found != null).as("problem %d: %s", i, problem).isEqualTo(possible);
            if (found != null) {
                solvable++;
                Set<PackageId> chosen =
                        found.packages().stream().map(one -> one.id()).collect(Collectors.toSet());
                List<Candidate> candidates = problem.packages.stream()
                        .filter(candidate -> chosen.contains(candidate.id()))
                        .toList();
                assertThat(isValid(problem, candidates))
                        .as("%s for %s", chosen, problem)
                        .isTrue();
                assertThat(found).isEqualTo(resolve(shuffled(problem, random)));
            }
        }
        assertThat(solvable).as("solvable problems").isBetween(PROBLEMS / 10, PROBLEMS * 9 / 10);
    }

    /** What the explanation blames must really be impossible, alone. */
    @Test
    void theRequirementsNamedAreUnsolvableByThemselves() {
        Random random = Seeds.random();
        for (int i = 0; i < PROBLEMS / 3; i++) {
            Problem problem = anyProblem(random);
            try {
                Resolver.resolve(new MemoryIndex(problem.packages), problem.roots, NEWEST);
            } catch (UnsolvableException e) {
                assertThat(e.requirements()).isNotEmpty();
                assertThat(problem.roots).containsAll(e.requirements());
                assertThat(resolve(new Problem(problem.packages, e.requirements())))
                        .isNull();
                assertThat(e.explanation().get(e.explanation().size() - 1)).endsWith("satisfies the profile.");
                assertThat(e.hint()).isNotNull();
            }
        }
    }

    private static @Nullable Resolution resolve(Problem problem) {
        try {
            return Resolver.resolve(new MemoryIndex(problem.packages), problem.roots, NEWEST);
        } catch (UnsolvableException e) {
            return null;
        }
    }

    private static Problem shuffled(Problem problem, Random random) {
        List<Candidate> packages = new ArrayList<>();
        for (Candidate candidate : problem.packages) {
            packages.add(new Candidate(
                    candidate.id(),
                    shuffled(candidate.dependencies(), random),
                    shuffled(candidate.conflicts(), random),
                    shuffled(candidate.provides(), random)));
        }
        return new Problem(shuffled(packages, random), shuffled(problem.roots, random));
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> result = new ArrayList<>(list);
        Collections.shuffle(result, random);
        return result;
    }

    private static List<PackageName> names(Problem problem) {
        return List.copyOf(problem.packages.stream()
                .map(candidate -> candidate.id().name())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean exists(Problem problem, List<Candidate> chosen, int depth, List<PackageName> names) {
        if (depth == names.size()) {
            return isValid(problem, chosen);
        }
        if (exists(problem, chosen, depth + 1, names)) {
            return true;
        }
        for (Candidate candidate : problem.packages) {
            if (candidate.id().name().equals(names.get(depth))) {
                chosen.add(candidate);
                boolean found = exists(problem, chosen, depth + 1, names);
                chosen.remove(chosen.size() - 1);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isValid(Problem problem, List<Candidate> chosen) {
        long names = chosen.stream().map(one -> one.id().name()).distinct().count();
        return names == chosen.size()
                && problem.roots.stream().allMatch(root -> chosen.stream().anyMatch(one -> satisfies(one, root)))
                && chosen.stream().allMatch(one -> isContent(one, chosen));
    }

    private static boolean isContent(Candidate one, List<Candidate> chosen) {
        return one.dependencies().stream()
                        .allMatch(needed -> chosen.stream().anyMatch(other -> satisfies(other, needed)))
                && one.conflicts().stream().noneMatch(enemy -> chosen.stream()
                        .anyMatch(other -> !other.equals(one) && satisfies(other, enemy)));
    }

    private static boolean satisfies(Candidate candidate, Requirement requirement) {
        if (requirement.allows(candidate.id())) {
            return true;
        }
        for (Provided provided : candidate.provides()) {
            if (provided.name().equals(requirement.name())
                    && (provided.version() == null
                            ? requirement.constraint().kind() == Constraint.Kind.ANY
                            : requirement.constraint().allows(provided.version()))) {
                return true;
            }
        }
        return false;
    }

    private static Problem anyProblem(Random random) {
        int names = 2 + random.nextInt(4);
        double density = 0.5 + random.nextDouble() * 2.5;
        boolean virtual = random.nextInt(3) == 0;
        List<Candidate> packages = new ArrayList<>();
        for (int name = 0; name < names; name++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                PackageId id = new PackageId(
                        new PackageName("p" + name),
                        Version.parse(1 + random.nextInt(3) + ".0"),
                        1 + random.nextInt(2),
                        new BuildId("%016x".formatted(packages.size())));
                packages.add(new Candidate(
                        id,
                        requirements(random, names, density),
                        random.nextInt(4) == 0 ? requirements(random, names, 1) : List.of(),
                        virtual && random.nextBoolean() ? provides(random, names) : List.of()));
            }
        }
        List<Requirement> roots = new ArrayList<>(requirements(random, names, 2));
        roots.add(anyRequirement(random, names));
        return new Problem(packages, roots);
    }

    private static List<Provided> provides(Random random, int names) {
        String name = "p" + random.nextInt(names + 1);
        return List.of(Provided.parse(random.nextBoolean() ? name : name + "@" + (1 + random.nextInt(3)) + ".0"));
    }

    private static List<Requirement> requirements(Random random, int names, double density) {
        List<Requirement> result = new ArrayList<>();
        while (random.nextDouble() * (density + 1) < density && result.size() < 4) {
            result.add(anyRequirement(random, names));
        }
        return result;
    }

    private static Requirement anyRequirement(Random random, int names) {
        // One name more than there are packages: it exists only as a provided one.
        String name = "p" + random.nextInt(random.nextInt(4) == 0 ? names + 1 : names);
        List<String> forms = List.of("*", "*", "=%d.0", ">=%d.0", "<=%d.0", "!=%d.0", "^%d.0", "<%d.0");
        String constraint = forms.get(random.nextInt(forms.size())).formatted(1 + random.nextInt(3));
        return Requirement.parse(name + "@" + constraint);
    }
}
