package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random problems with everything in them, against SAT4J and a check of each solution; see {@link Validity}. */
@ExtendWith(Seeds.class)
final class SecondOpinionTest {
    private static final PackageName MARK = new PackageName("kept-too");
    private static final int PROBLEMS =
            Integer.getInteger("axiom.problems", System.getenv("CI") == null ? 500 : 20_000);

    @Test
    void agreesWithAnotherSolver() {
        Random random = Seeds.random();
        RandomProblems problems = new RandomProblems(random);
        int solved = 0;
        for (int i = 0; i < PROBLEMS; i++) {
            Validity problem = problems.next();
            ResolvePolicy policy = policy(problem, random);
            Resolution found = solution(problem, problem.roots(), policy);
            if ((found != null) != problem.isPossible()) {
                throw new AssertionError("problem " + i + ": found " + found + " for " + problem + policy);
            }
            if (found != null) {
                solved++;
                check(problem, found, policy, random);
            }
        }
        assertThat(solved).as("solvable problems").isBetween(PROBLEMS / 10, PROBLEMS * 9 / 10);
    }

    /** Something is kept or upgraded in every other problem. */
    private static ResolvePolicy policy(Validity problem, Random random) {
        ResolvePolicy plain = ResolvePolicy.of(problem.choices());
        if (problem.packages().isEmpty() || random.nextBoolean()) {
            return plain;
        }
        Set<PackageId> locked = new HashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            locked.add(any(problem, random));
        }
        return random.nextBoolean()
                ? plain.keeping(locked)
                : new ResolvePolicy(
                        problem.choices(), locked, Set.of(any(problem, random).name()), null);
    }

    private static PackageId any(Validity problem, Random random) {
        return problem.packages().get(random.nextInt(problem.packages().size())).id();
    }

    private static void check(Validity problem, Resolution found, ResolvePolicy policy, Random random) {
        Set<PackageId> chosen = ids(found);
        assertThat(problem.flaw(chosen)).as("%s for %s", chosen, problem).isEmpty();
        Resolution again = solution(shuffled(problem, random), shuffled(problem.roots(), random), policy);
        assertThat(again).as("%s in another order", problem).isEqualTo(found);
        requireNoLessChange(problem, chosen, policy);
    }

    /** Of what was to be kept and was not, nothing could have been kept in addition. */
    private static void requireNoLessChange(Validity problem, Set<PackageId> chosen, ResolvePolicy policy) {
        if (!policy.first().isEmpty() || !problem.choices().several().isEmpty()) {
            return;
        }
        List<Candidate> rest = new ArrayList<>(problem.packages());
        Set<PackageId> changed = new HashSet<>();
        for (PackageId id : policy.locked()) {
            long ofName = policy.locked().stream()
                    .filter(other -> other.name().equals(id.name()))
                    .count();
            boolean another = chosen.stream().anyMatch(one -> one.name().equals(id.name()) && !one.equals(id));
            if (ofName == 1 && another) {
                changed.add(id);
            } else if (ofName == 1) {
                rest.removeIf(
                        one -> one.id().name().equals(id.name()) && !one.id().equals(id));
            } else {
                return; // which of them counts is not said
            }
        }
        for (PackageId id : changed) {
            List<Candidate> less = rest.stream()
                    .filter(one ->
                            !one.id().name().equals(id.name()) || one.id().equals(id))
                    .map(one -> one.id().equals(id) ? marked(one) : one)
                    .toList();
            List<Requirement> roots = new ArrayList<>(problem.roots());
            roots.add(Requirement.of(MARK));
            assertThat(new Validity(less, roots, problem.choices()).isPossible())
                    .as("keeping %s too in %s", id, problem)
                    .isFalse();
        }
    }

    /** The same with a name that nothing else has, so that it can be asked for. */
    private static Candidate marked(Candidate one) {
        List<Provided> provides = new ArrayList<>(one.provides());
        provides.add(new Provided(MARK, null));
        return new Candidate(one.id(), one.dependencies(), one.conflicts(), provides, one.optional(), one.platform());
    }

    /** What the explanation blames is impossible alone, and possible without any one of it. */
    @Test
    void explanationsNameTheLeast() {
        Random random = Seeds.random();
        RandomProblems problems = new RandomProblems(random);
        for (int i = 0; i < PROBLEMS / 2; i++) {
            Validity problem = problems.next();
            try {
                Resolver.resolve(
                        new MemoryIndex(problem.packages()), problem.roots(), ResolvePolicy.of(problem.choices()));
            } catch (UnsolvableException e) {
                assertThat(problem.roots()).containsAll(e.requirements());
                assertThat(possible(problem, e.requirements()))
                        .as("%s of %s", e.requirements(), problem)
                        .isFalse();
                for (Requirement one : e.requirements()) {
                    List<Requirement> fewer = new ArrayList<>(e.requirements());
                    fewer.remove(one);
                    assertThat(possible(problem, fewer))
                            .as("%s of %s", fewer, problem)
                            .isTrue();
                }
                requireNoShorter(problem, e.requirements().size());
                assertThat(e.explanation()).last().asString().endsWith("satisfies the profile.");
            }
        }
    }

    /** Any set of fewer requirements can be met. */
    private static void requireNoShorter(Validity problem, int size) {
        List<Requirement> roots = problem.roots();
        for (int some = 1; some < 1 << roots.size(); some++) {
            if (Integer.bitCount(some) < size) {
                int bits = some;
                List<Requirement> fewer = IntStream.range(0, roots.size())
                        .filter(i -> (bits >> i & 1) != 0)
                        .mapToObj(roots::get)
                        .toList();
                assertThat(possible(problem, fewer))
                        .as("%s of %s", fewer, problem)
                        .isTrue();
            }
        }
    }

    private static boolean possible(Validity problem, List<Requirement> roots) {
        return new Validity(problem.packages(), roots, problem.choices()).isPossible();
    }

    /** What is optional never makes a difference to whether there is a solution, and a right one stays right. */
    @Test
    void optionalDependenciesDoNoHarm() {
        Random random = Seeds.random();
        RandomProblems problems = new RandomProblems(random);
        for (int i = 0; i < PROBLEMS / 2; i++) {
            Validity problem = problems.next();
            Choices c = problem.choices();
            Choices wanted =
                    new Choices(c.prefer(), c.packages(), c.pins(), c.exclude(), c.platform(), true, c.several());
            Resolution found = solution(problem, problem.roots(), ResolvePolicy.of(wanted));
            assertThat(found != null).isEqualTo(problem.isPossible());
            if (found != null) {
                assertThat(problem.flaw(ids(found))).isEmpty();
            }
        }
    }

    private static Set<PackageId> ids(Resolution found) {
        return new HashSet<>(found.packages().stream().map(LockedPackage::id).toList());
    }

    private static @Nullable Resolution solution(Validity problem, List<Requirement> roots, ResolvePolicy policy) {
        try {
            return Resolver.resolve(new MemoryIndex(problem.packages()), roots, policy);
        } catch (UnsolvableException e) {
            return null;
        }
    }

    private static Validity shuffled(Validity problem, Random random) {
        List<Candidate> packages = new ArrayList<>();
        for (Candidate one : problem.packages()) {
            packages.add(new Candidate(
                    one.id(),
                    shuffled(one.dependencies(), random),
                    shuffled(one.conflicts(), random),
                    shuffled(one.provides(), random),
                    shuffled(one.optional(), random),
                    one.platform()));
        }
        return new Validity(shuffled(packages, random), problem.roots(), problem.choices());
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> result = new ArrayList<>(list);
        Collections.shuffle(result, random);
        return result;
    }
}
