package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exclusions and pins of names that packages only provide, and of names that there are not. */
final class UnheededTest {
    private static final Packages PACKAGES = new Packages()
            .with("ssl 1")
            .with("exim 4: +mail@4")
            .with("msmtp 1: +mail")
            .with("msmtp 2")
            .with("cron 1: mail | ssl");

    private static Choices choices(List<String> pins, List<String> exclude) {
        return new Choices(
                Preference.NEWEST,
                Map.of(),
                Packages.requirements(pins.toArray(String[]::new)),
                Packages.requirements(exclude.toArray(String[]::new)),
                Platform.ANY,
                false,
                Set.of());
    }

    @Test
    void anExclusionIsOfWhatProvidesTheNameToo() {
        ResolvePolicy noMail = ResolvePolicy.of(choices(List.of(), List.of("mail")));
        assertThat(PACKAGES.resolve("cron")).containsExactly("cron 1*", "exim 4");
        assertThat(PACKAGES.resolve(noMail, "cron")).containsExactly("cron 1*", "ssl 1");
        assertThat(PACKAGES.resolve(noMail, "msmtp")).containsExactly("msmtp 2*");
        UnsolvableException e = catchThrowableOfType(UnsolvableException.class, () -> PACKAGES.resolve(noMail, "exim"));
        assertThat(e.explanation()).first().asString().contains("the profile excludes mail, which exim provides");
        assertThat(e.hint()).isEqualTo("stop excluding mail, or remove exim from the profile");
    }

    @Test
    void anExclusionOfVersionsIsOfPackagesOfTheNameAlone() {
        ResolvePolicy policy = ResolvePolicy.of(choices(List.of(), List.of("mail@>=0")));
        assertThat(PACKAGES.resolve(policy, "cron")).containsExactly("cron 1*", "exim 4");
    }

    @Test
    void whatMeansNothingIsSaid() {
        MemoryIndex index = PACKAGES.index();
        assertThat(Unheeded.of(index, choices(List.of("ssl@1"), List.of("mail", "exim@<3"))))
                .isEmpty();
        assertThat(Unheeded.of(index, choices(List.of("sll@1", "mail@4"), List.of("mail@>=0", "qmail"))))
                .containsExactly(
                        "the profile's pin of mail means nothing: no package bears this name itself, it is only"
                                + " provided",
                        "the profile's pin of sll means nothing: there is no package sll (did you mean ssl?)",
                        "the profile's exclusion of mail means nothing: no package bears this name itself, it is only "
                                + "provided",
                        "the profile's exclusion of qmail means nothing: there is no package qmail");
        Choices others = new Choices(
                Preference.NEWEST,
                Map.of(new PackageName("eximm"), Preference.OLDEST),
                List.of(),
                List.of(),
                Platform.ANY,
                false,
                Set.of(new PackageName("crom")));
        assertThat(Unheeded.of(index, others))
                .containsExactly(
                        "the profile's preference of eximm means nothing: there is no package eximm (did you mean "
                                + "exim?)",
                        "the profile's permission of several versions of crom means nothing: there is no package crom "
                                + "(did you mean cron?)");
    }

    @Test
    void anExclusionThatMakesNoSenseForAPackageIsSaid() {
        List<Candidate> all = new ArrayList<>(PACKAGES.candidates());
        PackageId freebsd = new PackageId(
                new PackageName("ssl"), Version.parse("2", VersionScheme.FREEBSD), 1, new BuildId("00000000000000ff"));
        all.add(Candidate.of(freebsd, List.of()));
        assertThat(Unheeded.of(new MemoryIndex(all), choices(List.of(), List.of("ssl@<2.0-rc1"))))
                .containsExactly("the profile's exclusion of ssl <2.0-rc1 is not of versions of the scheme freebsd, "
                        + "for which it makes no sense");
    }
}
