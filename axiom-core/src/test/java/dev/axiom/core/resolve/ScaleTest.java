package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.Preference;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Inputs far beyond the usual. What they need is a stack that does not grow and work that does not grow with the square
 * of the input; the limits are generous, because the machine may be busy.
 */
final class ScaleTest {
    private static final int MANY = 10_000;
    private static final ResolvePolicy LIMITED =
            ResolvePolicy.prefer(Preference.NEWEST).within(Duration.ofSeconds(60));

    @Test
    void aChainOfTenThousand() {
        Packages packages = new Packages().with("p" + MANY + " 1");
        IntStream.range(0, MANY).forEach(i -> packages.with("p" + i + " 1: p" + (i + 1)));
        assertThat(packages.resolve(LIMITED, "p0")).hasSize(MANY + 1);
    }

    @Test
    void aCycleOfTenThousand() {
        Packages packages = new Packages();
        IntStream.range(0, MANY).forEach(i -> packages.with("p" + i + " 1: p" + (i + 1) % MANY)
                .with("p" + i + " 2: p" + (i + 1) % MANY));
        assertThat(packages.resolve(LIMITED, "p7")).hasSize(MANY).contains("p7 2*", "p6 2");
    }

    @Test
    void aFailureTenThousandStepsDeepIsExplained() {
        Packages packages = new Packages().with("p" + MANY + " 1: gone");
        IntStream.range(0, MANY).forEach(i -> packages.with("p" + i + " 1: p" + (i + 1)));
        UnsolvableException e = catchThrowableOfType(UnsolvableException.class, () -> packages.resolve(LIMITED, "p0"));
        assertThat(e.explanation()).hasSizeBetween(MANY / 3, MANY + 1);
        assertThat(e.explanation()).first().asString().contains("p10000 1 depends on gone");
        assertThat(e.explanation()).last().asString().endsWith("no set of packages satisfies the profile.");
        assertThat(e.getMessage()).hasSizeLessThan(10_000).contains("are left out");
    }

    @Test
    void tenThousandVersionsAndTenThousandWhoNeedOne() {
        Packages packages = new Packages();
        IntStream.range(0, MANY).forEach(i -> packages.with("hub " + i).with("p" + i + " 1: hub@>=" + i));
        packages.with(
                "all 1: " + IntStream.range(0, MANY).mapToObj(i -> "p" + i).collect(Collectors.joining(";")));
        assertThat(packages.resolve(LIMITED, "all")).hasSize(MANY + 2).contains("hub 9999");
        ResolvePolicy oldest = ResolvePolicy.prefer(Preference.OLDEST).within(Duration.ofSeconds(60));
        assertThat(packages.resolve(oldest, "all")).contains("hub 9999");
    }

    /** Each version looks good until its dependency turns out to be impossible: each lesson must rule out many. */
    @Test
    void aTowerOfWrongTurns() {
        Packages packages = new Packages().with("base 1");
        for (int level = 0; level < 200; level++) {
            for (int version = 1; version <= 10; version++) {
                String base = level == 199 ? (version == 1 ? "base@1" : "base@" + version) : "t" + (level + 1);
                packages.with("t" + level + " " + version + ": " + base);
            }
        }
        assertThat(packages.resolve(LIMITED, "t0")).hasSize(201).contains("t199 1", "base 1");
    }

    /** More pigeons than holes: no cleverness helps much, so it has to be solved by learning. */
    @Test
    void pigeonsAndHoles() {
        int holes = 6;
        Packages packages = new Packages();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            for (int hole = 0; hole < holes; hole++) {
                packages.with("pigeon" + pigeon + " " + (hole + 1) + ": hole" + hole + "@" + (pigeon + 1));
                packages.with("hole" + hole + " " + (pigeon + 1));
            }
        }
        List<String> pigeons =
                IntStream.rangeClosed(0, holes).mapToObj(i -> "pigeon" + i).toList();
        UnsolvableException e = catchThrowableOfType(
                UnsolvableException.class, () -> packages.resolve(LIMITED, pigeons.toArray(String[]::new)));
        assertThat(e.requirements()).hasSize(holes + 1);
        assertThat(packages.resolve(LIMITED, pigeons.subList(1, holes + 1).toArray(String[]::new)))
                .hasSize(2 * holes);
    }

    /** A hostile index costs the time that is allowed, not more. */
    @Test
    void whatCannotBeSolvedInTimeIsGivenUp() {
        int holes = 40;
        Packages packages = new Packages();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            for (int hole = 0; hole < holes; hole++) {
                packages.with("pigeon" + pigeon + " " + (hole + 1) + ": hole" + hole + "@" + (pigeon + 1));
                packages.with("hole" + hole + " " + (pigeon + 1));
            }
        }
        String[] pigeons =
                IntStream.rangeClosed(0, holes).mapToObj(i -> "pigeon" + i).toArray(String[]::new);
        ResolvePolicy hurried = ResolvePolicy.prefer(Preference.NEWEST).within(Duration.ofMillis(300));
        UnsolvableException e =
                catchThrowableOfType(UnsolvableException.class, () -> packages.resolve(hurried, pigeons));
        assertThat(e).hasMessageContaining("gave up");
        assertThat(e.derivation()).isNull();
    }

    /** As large as a distribution: what is not reached must not cost anything. */
    @Test
    void aLargeIndexIsOnlyReadWhereItIsReached() {
        Random random = new Random(1);
        Packages packages = new Packages();
        int size = 20_000;
        for (int i = 0; i < size; i++) {
            int low = i;
            String dependencies = random.ints(i == 0 ? 0 : 3, 0, Math.max(1, i))
                    .mapToObj(to -> "p" + Math.min(to, low))
                    .distinct()
                    .collect(Collectors.joining(";"));
            packages.with("p" + i + " 1" + (dependencies.isEmpty() ? "" : ": " + dependencies));
        }
        CountingIndex index = new CountingIndex(packages.index());
        Resolver.resolve(index, Packages.requirements("p50"), LIMITED);
        assertThat(index.asked()).isLessThanOrEqualTo(51);
    }
}
