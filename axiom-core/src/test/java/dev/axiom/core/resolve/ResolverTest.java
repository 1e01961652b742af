package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Preference;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResolverTest {
    private static final ResolvePolicy OLDEST = ResolvePolicy.prefer(Preference.OLDEST);

    @Test
    void nothingIsRequired() {
        assertThat(new Packages().with("a 1").resolve()).isEmpty();
    }

    @Test
    void dependenciesFollowAndNothingElse() {
        Packages packages = new Packages()
                .with("web 1.0: ssl@^3; zlib")
                .with("ssl 3.1: zlib@>=1.2")
                .with("zlib 1.3")
                .with("unused 1.0");
        assertThat(packages.resolve("web")).containsExactly("ssl 3.1", "web 1.0*", "zlib 1.3");
    }

    @Test
    void whatIsBothRequiredAndNeededIsRequested() {
        Packages packages = new Packages().with("web 1: ssl").with("ssl 1");
        assertThat(packages.resolve("web", "ssl")).containsExactly("ssl 1*", "web 1*");
    }

    @Test
    void newestOrOldestIsPreferred() {
        Packages packages = new Packages()
                .with("a 1.9: b")
                .with("a 1.10: b@>=2")
                .with("b 1")
                .with("b 2")
                .with("b 3");
        assertThat(packages.resolve("a")).containsExactly("a 1.10*", "b 3");
        assertThat(packages.resolve(OLDEST, "a")).containsExactly("a 1.9*", "b 1");
    }

    @Test
    void releasesArePreferredToPrereleasesButThoseAreInReach() {
        Packages packages = new Packages()
                .with("a 1.0")
                .with("a 2.0-rc1")
                .with("a 3.0-rc1: b")
                .with("b 1");
        assertThat(packages.resolve("a")).containsExactly("a 1.0*");
        assertThat(packages.resolve(OLDEST, "a")).containsExactly("a 1.0*");
        assertThat(packages.resolve("a@>1.0")).containsExactly("a 3.0-rc1*", "b 1");
    }

    @Test
    void ofOneVersionTheHighestRevisionIsPreferredAndEveryOtherIsInReach() {
        Packages packages = new Packages()
                .with("a 1.0_1: b@1")
                .with("a 1.0_3: b@3")
                .with("a 1.0_2: b@2")
                .with("b 1")
                .with("b 2")
                .with("b 3");
        assertThat(packages.resolve("a")).containsExactly("a 1.0_3*", "b 3");
        assertThat(packages.resolve(OLDEST, "a")).containsExactly("a 1.0_3*", "b 3");
        assertThat(packages.resolve("a", "b@<3")).containsExactly("a 1.0_2*", "b 2*");
        assertThat(packages.resolve("a", "b@1")).containsExactly("a 1.0*", "b 1*");
    }

    @Test
    void buildsOfOneRevisionAreAllInReachToo() {
        Packages packages =
                new Packages().with("a 1: b@1").with("a 1: b@2").with("b 1").with("b 2");
        assertThat(packages.resolve("a")).containsExactly("a 1*", "b 1");
        assertThat(packages.resolve("a", "b@2")).containsExactly("a 1*", "b 2*");
    }

    @Test
    void whatIsLockedIsKeptWhereThatIsPossible() {
        Packages packages = new Packages()
                .with("a 1")
                .with("a 2")
                .with("a 3")
                .with("b 1: a@<3")
                .with("b 2: a@3");
        PackageId second = packages.candidates().get(1).id();
        ResolvePolicy keeping = ResolvePolicy.prefer(Preference.NEWEST).keeping(Set.of(second));
        assertThat(packages.resolve(keeping, "a")).containsExactly("a 2*");
        assertThat(packages.resolve(keeping, "a@!=2")).containsExactly("a 3*");
        assertThat(packages.resolve(keeping, "b@2")).containsExactly("a 3", "b 2*");
    }

    /** As PubGrub's own example: the newest foo needs a bar that needs another foo. */
    @Test
    void goesBackWhenADecisionTurnsOutWrong() {
        Packages packages = new Packages().with("foo 1").with("foo 2: bar@^1").with("bar 1: foo@^1");
        assertThat(packages.resolve("foo@>=1")).containsExactly("foo 1*");
    }

    /** As PubGrub's example of a conflict whose satisfier is only partly to blame. */
    @Test
    void findsTheOneWayThroughPartlySatisfiedTerms() {
        Packages packages = new Packages()
                .with("foo 1.0")
                .with("foo 1.1: left@^1; right@^1")
                .with("left 1.0: shared@>=1")
                .with("right 1.0: shared@<2")
                .with("shared 1.0: target@^1")
                .with("shared 2.0")
                .with("target 1.0")
                .with("target 2.0");
        assertThat(packages.resolve("foo@^1", "target@^2")).containsExactly("foo 1.0*", "target 2.0*");
    }

    @Test
    void cyclesAreFine() {
        Packages packages =
                new Packages().with("a 1: b").with("b 1: c").with("c 1: a").with("self 1: self@^1");
        assertThat(packages.resolve("b", "self")).containsExactly("a 1", "b 1*", "c 1", "self 1*");
    }

    @Test
    void nobodyDependsOnAnotherVersionOfItself() {
        Packages packages = new Packages().with("a 1").with("a 2: a@^1");
        assertThat(packages.resolve("a")).containsExactly("a 1*");
        assertThatThrownBy(() -> packages.resolve("a@2")).isInstanceOf(UnsolvableException.class);
    }

    @Test
    void whatConflictsIsNotChosenTogether() {
        Packages packages = new Packages()
                .with("apache 1")
                .with("apache 2: !nginx")
                .with("nginx 1")
                .with("nginx 2: !apache@<2")
                .with("old 1: !apache");
        assertThat(packages.resolve("apache", "nginx")).containsExactly("apache 1*", "nginx 1*");
        assertThatThrownBy(() -> packages.resolve("apache@2", "nginx")).isInstanceOf(UnsolvableException.class);
        assertThatThrownBy(() -> packages.resolve("old", "apache")).isInstanceOf(UnsolvableException.class);
    }

    @Test
    void providersSatisfyWhatNobodyIsCalled() {
        Packages packages = new Packages()
                .with("cron 1: mail-agent")
                .with("exim 4: +mail-agent; !mail-agent")
                .with("postfix 3: +mail-agent; !mail-agent");
        assertThat(packages.resolve("cron")).containsExactly("cron 1*", "exim 4");
        assertThat(packages.resolve("cron", "postfix")).containsExactly("cron 1*", "postfix 3*");
        assertThat(packages.resolve("mail-agent")).containsExactly("exim 4*");
        assertThatThrownBy(() -> packages.resolve("exim", "postfix")).isInstanceOf(UnsolvableException.class);
    }

    @Test
    void aPackageOfTheNameIsPreferredToAProvider() {
        Packages packages = new Packages()
                .with("app 1: db@^5")
                .with("db 5.1")
                .with("mariadb 10: +db@5.7")
                .with("strict 1: !db@5.1")
                .with("zero 1: +db");
        assertThat(packages.resolve("app")).containsExactly("app 1*", "db 5.1");
        assertThat(packages.resolve("app", "mariadb")).containsExactly("app 1*", "mariadb 10*");
        assertThat(packages.resolve("app", "strict")).containsExactly("app 1*", "mariadb 10", "strict 1*");
        assertThat(packages.resolve("app", "zero")).containsExactly("app 1*", "db 5.1", "zero 1*");
    }

    @Test
    void anotherProviderIsTakenWhenTheFirstLeadsNowhere() {
        Packages packages = new Packages()
                .with("cron 1: mail-agent")
                .with("exim 4: +mail-agent; perl@5")
                .with("postfix 3: +mail-agent; db")
                .with("zmail 1: +mail-agent")
                .with("perl 6")
                .with("db 1: perl@5");
        assertThat(packages.resolve("cron")).containsExactly("cron 1*", "zmail 1");
    }

    @Test
    void severalRequirementsOfOneNameMustAllHold() {
        Packages packages = new Packages().with("a 1").with("a 2").with("a 3");
        assertThat(packages.resolve("a@>=2", "a@<3")).containsExactly("a 2*");
        assertThatThrownBy(() -> packages.resolve("a@>=2", "a@<2")).isInstanceOf(UnsolvableException.class);
    }

    @Test
    void givesUpWhenTimeIsOver() {
        Packages packages = new Packages().with("a 1");
        ResolvePolicy hurried = ResolvePolicy.prefer(Preference.NEWEST).within(Duration.ZERO);
        assertThatThrownBy(() -> packages.resolve(hurried, "a"))
                .isInstanceOf(UnsolvableException.class)
                .hasMessageContaining("gave up after 0")
                .extracting(e -> ((UnsolvableException) e).code())
                .isEqualTo(ErrorCode.UNSOLVABLE);
    }
}
