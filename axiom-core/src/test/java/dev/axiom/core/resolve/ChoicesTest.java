package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a profile may say beside its requirements. */
final class ChoicesTest {
    private static final Packages PACKAGES = new Packages()
            .with("ssl 1")
            .with("ssl 2")
            .with("ssl 3")
            .with("web 1: ssl")
            .with("web 2: ssl@>=2")
            .with("exim 4: +mail@4")
            .with("postfix 3: +mail@3")
            .with("cron 1: mail@>=3 | web");

    private static Choices choices(List<Requirement> pins, List<Requirement> exclude) {
        return new Choices(Preference.NEWEST, Map.of(), pins, exclude, Platform.ANY, false, Set.of());
    }

    private static Requirement requirement(String text) {
        return Requirement.parse(text);
    }

    private static PackageId id(int index) {
        return PACKAGES.candidates().get(index).id();
    }

    @Test
    void theFirstOfSeveralAlternativesIsTakenIfItCanBe() {
        assertThat(PACKAGES.resolve("cron")).containsExactly("cron 1*", "exim 4");
        assertThat(PACKAGES.resolve("web | cron")).containsExactly("ssl 3", "web 2*");
        assertThat(PACKAGES.resolve("gone | web@1")).containsExactly("ssl 3", "web 1*");
        ResolvePolicy noMail =
                ResolvePolicy.of(choices(List.of(), List.of(requirement("exim"), requirement("postfix"))));
        assertThat(PACKAGES.resolve(noMail, "cron")).containsExactly("cron 1*", "ssl 3", "web 2");
    }

    /** As Debian's debhelper does, which provides debhelper-compat (= 9) to (= 13). */
    @Test
    void aPackageMayServeAsSeveralVersionsOfOneName() {
        Packages packages = new Packages().with("helper 13: +compat@9; +compat@13");
        assertThat(packages.resolve("compat@9", "compat@13")).containsExactly("helper 13*");
        assertThatThrownBy(() -> packages.resolve("compat@10")).isInstanceOf(UnsolvableException.class);
    }

    /** Once the other is wanted, and not before: that it exists is no reason to change. */
    @Test
    void aLockedPackageGivesWayToOneThatTakesItsPlace() {
        Packages packages = new Packages().with("old 1").with("user 1: old").with("new 2: !old; +old@2");
        List<PackageId> locked =
                packages.candidates().stream().limit(2).map(Candidate::id).toList();
        ResolvePolicy keeping = ResolvePolicy.prefer(Preference.NEWEST).keeping(locked);
        assertThat(packages.resolve(keeping, "user")).containsExactly("old 1", "user 1*");
        assertThat(packages.resolve(keeping, "user", "new")).containsExactly("new 2*", "user 1*");
        ResolvePolicy upgrading = new ResolvePolicy(keeping.choices(), Set.of(), Set.of(new PackageName("user")), null);
        assertThat(packages.resolve(upgrading, "user")).containsExactly("old 1", "user 1*");
        assertThat(packages.with("user 2: new").resolve(upgrading, "user")).containsExactly("new 2", "user 2*");
    }

    @Test
    void aPinAsksForNothingButShutsOthersOut() {
        ResolvePolicy pinned = ResolvePolicy.of(choices(List.of(requirement("ssl@<3")), List.of()));
        assertThat(PACKAGES.resolve(pinned, "web")).containsExactly("ssl 2", "web 2*");
        assertThat(PACKAGES.resolve(pinned, "exim")).containsExactly("exim 4*");
        UnsolvableException e =
                catchThrowableOfType(UnsolvableException.class, () -> PACKAGES.resolve(pinned, "ssl@3"));
        assertThat(e.explanation()).first().asString().contains("the profile pins ssl to <3");
    }

    @Test
    void whatIsExcludedIsNotChosen() {
        ResolvePolicy without = ResolvePolicy.of(choices(List.of(), List.of(requirement("ssl@>=2"))));
        assertThat(PACKAGES.resolve(without, "web")).containsExactly("ssl 1", "web 1*");
        UnsolvableException e =
                catchThrowableOfType(UnsolvableException.class, () -> PACKAGES.resolve(without, "web@2", "exim"));
        assertThat(String.join("\n", e.explanation())).contains("the profile excludes ssl >=2");
        assertThat(e.requirements()).hasToString("[web@2]");
    }

    @Test
    void aPackageForAnotherPlatformIsNotChosen() {
        PackageId other = PackageId.parse("tool@2_1+0000000000000001");
        PackageId ours = PackageId.parse("tool@1_1+0000000000000002");
        MemoryIndex index = new MemoryIndex(List.of(
                new Candidate(other, List.of(), List.of(), List.of(), List.of(), new Platform("freebsd", "amd64")),
                new Candidate(ours, List.of(), List.of(), List.of(), List.of(), new Platform("linux", ""))));
        ResolvePolicy linux = ResolvePolicy.of(Choices.DEFAULT.on(new Platform("linux", "amd64")));
        assertThat(Resolver.resolve(index, List.of(requirement("tool")), linux).packages())
                .extracting(one -> one.id())
                .containsExactly(ours);
        assertThatThrownBy(() -> Resolver.resolve(index, List.of(requirement("tool@2")), linux))
                .hasMessageContaining("the profile is for linux/amd64");
    }

    @Test
    void onePackageMayBePreferredDifferently() {
        Choices choices = new Choices(
                Preference.NEWEST,
                Map.of(new PackageName("ssl"), Preference.OLDEST),
                List.of(),
                List.of(),
                Platform.ANY,
                false,
                Set.of());
        assertThat(PACKAGES.resolve(ResolvePolicy.of(choices), "web")).containsExactly("ssl 2", "web 2*");
    }

    @Test
    void severalVersionsOfANameOnlyWhereThatIsAllowed() {
        Choices choices = new Choices(
                Preference.NEWEST, Map.of(), List.of(), List.of(), Platform.ANY, false, Set.of(new PackageName("ssl")));
        assertThat(PACKAGES.resolve(ResolvePolicy.of(choices), "ssl@1", "web"))
                .containsExactly("ssl 1*", "ssl 3", "web 2*");
        assertThatThrownBy(() -> PACKAGES.resolve("ssl@1", "web@2")).isInstanceOf(UnsolvableException.class);
    }

    @Test
    void whatIsOptionalIsTakenOnlyIfWantedAndPossible() {
        List<Candidate> all = new ArrayList<>(new Packages()
                .with("good 1")
                .with("bad 1: gone")
                .with("rival 1: !editor")
                .candidates());
        List<Requirement> wishes = List.of(requirement("bad"), requirement("good"), requirement("rival"));
        all.add(new Candidate(
                PackageId.parse("editor@1_1+00000000000000ff"), List.of(), List.of(), List.of(), wishes, Platform.ANY));
        MemoryIndex index = new MemoryIndex(all);
        List<Requirement> roots = List.of(requirement("editor"));
        Choices wanted = new Choices(Preference.NEWEST, Map.of(), List.of(), List.of(), Platform.ANY, true, Set.of());
        assertThat(Resolver.resolve(index, roots, ResolvePolicy.of(Choices.DEFAULT))
                        .packages())
                .hasSize(1);
        assertThat(Resolver.resolve(index, roots, ResolvePolicy.of(wanted)).packages())
                .extracting(one -> one.id().name().value())
                .containsExactly("editor", "good");
    }

    @Test
    void anUpgradeChangesWhatItMust() {
        ResolvePolicy kept = ResolvePolicy.of(Choices.DEFAULT).keeping(Set.of(id(0), id(3)));
        assertThat(PACKAGES.resolve(kept, "web")).containsExactly("ssl 1", "web 1*");
        assertThat(PACKAGES.resolve(kept, "web", "exim")).containsExactly("exim 4*", "ssl 1", "web 1*");
        assertThat(PACKAGES.resolve(kept, "web@2")).containsExactly("ssl 3", "web 2*");
        ResolvePolicy upgrade = new ResolvePolicy(Choices.DEFAULT, Set.of(id(0)), Set.of(new PackageName("web")), null);
        assertThat(PACKAGES.resolve(upgrade, "web")).containsExactly("ssl 3", "web 2*");
    }

    @Test
    void versionsOfTwoSchemesAreNotWeighed() {
        PackageName name = new PackageName("git");
        PackageId debian = new PackageId(
                name, Version.parse("1:2.39-1", VersionScheme.DEBIAN), 1, new BuildId("0000000000000001"));
        PackageId plain = PackageId.parse("git@2.45_1+0000000000000002");
        MemoryIndex index = new MemoryIndex(List.of(Candidate.of(debian, List.of()), Candidate.of(plain, List.of())));
        ResolvePolicy newest = ResolvePolicy.prefer(Preference.NEWEST);
        assertThatThrownBy(() -> Resolver.resolve(index, List.of(requirement("git")), newest))
                .hasMessage("there is git 2.45 (semver) and git 1:2.39-1 (debian), which cannot be compared: their "
                        + "version schemes differ");
        assertThat(Resolver.resolve(index, List.of(requirement("git@debian:*")), newest)
                        .packages())
                .extracting(one -> one.id())
                .containsExactly(debian);
    }
}
