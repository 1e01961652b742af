package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ByteSize;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final CollectOptions AT_ONCE = CollectOptions.DEFAULT.withGrace(Duration.ZERO);

    private static String plan(CollectOptions options, String... world) {
        Plan plan = Planner.plan(World.survey(world), options);
        Plan.Packages packages = plan.packages();
        StringBuilder text = new StringBuilder();
        append(text, "live", Letters.of(packages.live()));
        append(text, "revived", Letters.of(packages.revived()));
        append(text, "mark", Letters.ofDead(packages.newlyDead()));
        append(text, "condemned", Letters.ofDead(packages.condemned()));
        append(text, "postponed", Letters.ofDead(packages.postponed()));
        append(text, "waiting", Letters.ofDead(packages.waiting()));
        return text.toString();
    }

    private static void append(StringBuilder text, String what, String letters) {
        if (!letters.isEmpty()) {
            text.append(text.isEmpty() ? "" : "; ").append(what).append(' ').append(letters);
        }
    }

    private static CollectOptions ceiling(long bytes) {
        return new CollectOptions(Duration.ZERO, RetentionPolicy.everything(), Optional.of(new ByteSize(bytes)));
    }

    @Test
    void whatARootListsIsLiveAndTheRestIsDead() {
        assertThat(plan(AT_ONCE, "a b c d", "profile dev 1 -> a b", "pin base -> c"))
                .isEqualTo("live a b c; condemned d");
    }

    @Test
    void everyKindOfRootCounts() {
        assertThat(plan(AT_ONCE, "a b c d e", "profile p 1 -> a", "env e 1 -> b", "pin x -> c", "lease -> d"))
                .isEqualTo("live a b c d; condemned e");
    }

    @Test
    void oldGenerationsAreRootsAsMuchAsNewOnes() {
        assertThat(plan(
                        AT_ONCE,
                        "a b",
                        "profile dev 1 -> a",
                        "profile dev 2 -> b",
                        "profile dev 1/90d",
                        "profile dev 2/1d!"))
                .isEqualTo("live a b");
    }

    @Test
    void aPackageOfTwoRootsLivesUntilTheLastIsGone() {
        assertThat(plan(AT_ONCE, "a", "profile dev 1 -> a", "profile ops 1 -> a"))
                .isEqualTo("live a");
        assertThat(plan(AT_ONCE, "a", "profile ops 1 -> a")).isEqualTo("live a");
        assertThat(plan(AT_ONCE, "a")).isEqualTo("condemned a");
    }

    @Test
    void anEmptyStoreAndAStoreWithoutRootsAreFine() {
        assertThat(plan(AT_ONCE)).isEmpty();
        assertThat(plan(AT_ONCE, "b a")).isEqualTo("condemned a b");
    }

    @Test
    void aRootOfAPackageThatIsNotThereChangesNothingElse() {
        assertThat(plan(AT_ONCE, "a b", "profile dev 1 -> a z")).isEqualTo("live a; condemned b");
    }

    @Test
    void theGracePeriodCountsFromWhenAPackageWasFirstFoundDead() {
        assertThat(plan(CollectOptions.DEFAULT, "a b/23h c/24h d/25h")).isEqualTo("mark a; condemned d c; waiting b a");
    }

    @Test
    void whatWaitsSaysHowLong() {
        Plan plan = Planner.plan(World.survey("a b/23h"), CollectOptions.DEFAULT);
        assertThat(plan.packages().waiting())
                .extracting(DeadPackage::remaining)
                .containsExactly(Duration.ofHours(1), Duration.ofHours(24));
    }

    @Test
    void withoutGraceTheNewlyDeadGoAtOnceAndAreNotMarkedFirst() {
        Plan plan = Planner.plan(World.survey("a b/1h"), AT_ONCE);
        assertThat(Letters.ofDead(plan.packages().condemned())).isEqualTo("b a");
        assertThat(plan.packages().newlyDead()).isEmpty();
        assertThat(plan.packages().condemned().get(1).stored().deadSince()).isEmpty();
    }

    @Test
    void whatIsAliveAgainLosesItsMark() {
        assertThat(plan(CollectOptions.DEFAULT, "a/90d b", "pin x -> a b")).isEqualTo("live a b; revived a");
    }

    /** Who uses it has taken the mark away; who only looks, such as a check of the whole store, puts nothing off. */
    @Test
    void whatALeaseOnlyLooksAtKeepsItsMark() {
        assertThat(plan(CollectOptions.DEFAULT, "a/90d", "lease -> a")).isEqualTo("live a");
    }

    @Test
    void theLongestDeadGoFirstAndEqualsByName() {
        assertThat(plan(AT_ONCE, "d/2d c/1d b/3d a/2d")).isEqualTo("condemned b a d c");
    }

    @Test
    void aClockThatWasSetBackCollectsNothingEarlyAndCorrectsTheMark() {
        assertThat(plan(CollectOptions.DEFAULT, "a/-400d")).isEqualTo("mark a; waiting a");
        Plan plan = Planner.plan(World.survey("a/-400d"), CollectOptions.DEFAULT);
        assertThat(plan.packages().waiting().get(0).remaining()).isEqualTo(Duration.ofHours(24));
        assertThat(plan.packages().waiting().get(0).since()).isEqualTo(World.NOW);
    }

    @Test
    void theCeilingEndsTheListWithThePackageThatReachesIt() {
        assertThat(plan(ceiling(15), "a*10/4d b*10/3d c*10/2d d*10/1d")).isEqualTo("condemned a b; postponed c d");
        assertThat(plan(ceiling(20), "a*10/4d b*10/3d c*10/2d")).isEqualTo("condemned a b; postponed c");
    }

    @Test
    void aPackageLargerThanTheCeilingBlocksNothing() {
        assertThat(plan(ceiling(5), "a*1000/4d b*1/3d")).isEqualTo("condemned a; postponed b");
    }

    @Test
    void aCeilingOfNothingLetsNothingGo() {
        assertThat(plan(ceiling(0), "a*10/4d")).isEqualTo("postponed a");
    }

    @Test
    void theCeilingNeverOverridesTheGracePeriod() {
        CollectOptions options = new CollectOptions(
                Duration.ofHours(24), RetentionPolicy.everything(), Optional.of(new ByteSize(1_000_000)));
        assertThat(plan(options, "a*10/1h b*10/2d")).isEqualTo("condemned b; waiting a");
    }

    @Test
    void whatTheCeilingPostponesIsMarkedSoThatItsTimeRuns() {
        assertThat(plan(ceiling(10), "a*10/1d b*10")).isEqualTo("mark b; condemned a; postponed b");
    }

    @Test
    void environmentsThatNoRecordKnowsAreOrphans() {
        Plan plan = Planner.plan(
                World.survey(
                        "a", "env dev 2 -> a", "disk dev 1*7", "disk dev 2*9", "disk old 1*5", "lease -> env/old/1"),
                AT_ONCE);
        assertThat(plan.orphans()).extracting(orphan -> orphan.name().value()).containsExactly("env/dev/1");
        assertThat(plan.predictedBytes()).isEqualTo(7);
    }

    @Test
    void theCeilingCountsEnvironmentsToo() {
        assertThat(plan(ceiling(10), "a*10/4d", "disk dev 1*10")).isEqualTo("postponed a");
    }

    @Test
    void prunedGenerationsAreNoRootsInThePlan() {
        CollectOptions keepOne = new CollectOptions(Duration.ZERO, RetentionPolicy.newest(1), Optional.empty());
        String[] world = {
            "a*2 b*3 c*4",
            "env dev 1 -> a b",
            "env dev 2 -> b c",
            "disk dev 1*100",
            "disk dev 2*200",
            "env dev 1/9d",
            "env dev 2/1d!"
        };
        assertThat(plan(keepOne, world)).isEqualTo("live b c; condemned a");
        Plan plan = Planner.plan(World.survey(world), keepOne);
        assertThat(plan.pruning().pruned())
                .extracting(one -> one.key().toString())
                .containsExactly("env dev generation 1");
        assertThat(plan.orphans()).isEmpty();
        assertThat(plan.predictedBytes()).isEqualTo(102);
    }

    @Test
    void thePredictionIsTheSumOfWhatGoes() {
        assertThat(Planner.plan(World.survey("a*10/2d b*5 c*7/1h"), CollectOptions.DEFAULT)
                        .predictedBytes())
                .isEqualTo(10);
    }

    /** The pool would refuse; and what it refuses must not use up the ceiling of every run. */
    @Test
    void whatALostHoldKeepsIsNotCondemnedAndLeavesTheCeilingToOthers() {
        Plan plan = Planner.plan(
                World.survey("a*10/2d b*10/3d c/1h", "lost pin x -> b c"),
                new CollectOptions(
                        CollectOptions.DEFAULT.grace(),
                        CollectOptions.DEFAULT.retention(),
                        Optional.of(new ByteSize(10))));
        assertThat(Letters.ofDead(plan.packages().condemned())).isEqualTo("a");
        assertThat(plan.packages().held())
                .extracting(held -> held.dead().id().name().value() + " " + held.tags())
                .containsExactly("b [pin:x]");
        assertThat(Letters.ofDead(plan.packages().waiting())).isEqualTo("c");
        assertThat(plan.predictedBytes()).isEqualTo(10);
    }
}
