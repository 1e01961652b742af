package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said to be changed when there is no solution: it names what is to blame, and it helps. */
final class AdviceTest {
    private static final Packages PACKAGES = new Packages()
            .with("ssl 1.0")
            .with("ssl 2.0")
            .with("ssl 3.0")
            .with("web 1.0: ssl@<2")
            .with("web 2.0: ssl@2.0");

    private static Choices choices(List<Requirement> pins, List<Requirement> exclude, Platform platform) {
        return new Choices(Preference.NEWEST, Map.of(), pins, exclude, platform, false, Set.of());
    }

    private static String hint(Packages packages, Choices choices, String... roots) {
        UnsolvableException e = catchThrowableOfType(
                UnsolvableException.class, () -> packages.resolve(ResolvePolicy.of(choices), roots));
        return String.valueOf(e.hint());
    }

    @Test
    void theVersionThatWouldDoIsNamed() {
        assertThat(hint(PACKAGES, Choices.DEFAULT, "ssl@1.0", "web@2.0"))
                .isEqualTo("allow ssl 2.0, or allow web 1.0, or remove ssl or web from the profile");
        assertThat(hint(PACKAGES, Choices.DEFAULT, "ssl@^4"))
                .isEqualTo("add a version of ssl that matches ^4, or allow ssl 3.0, or remove ssl from the profile");
    }

    @Test
    void aPinIsNamedWithWhatItWouldHaveToAllow() {
        Choices pinned = choices(Packages.requirements("ssl@<3"), List.of(), Platform.ANY);
        assertThat(hint(PACKAGES, pinned, "ssl@3.0"))
                .isEqualTo("allow ssl 2.0, or change the pin of ssl (<3) to allow 3.0, or remove ssl from the profile");
        Choices one = choices(Packages.requirements("ssl@1.0"), List.of(), Platform.ANY);
        assertThat(hint(PACKAGES, one, "web@2.0"))
                .isEqualTo("allow web 1.0, or change the pin of ssl (1.0) to allow 2.0, or remove web from the "
                        + "profile");
    }

    @Test
    void anExclusionIsNamed() {
        Choices without = choices(List.of(), Packages.requirements("ssl@>=2"), Platform.ANY);
        assertThat(hint(PACKAGES, without, "web@2.0"))
                .isEqualTo("allow web 1.0, or stop excluding ssl >=2, or remove web from the profile");
    }

    @Test
    void aChoiceThatIsNotEnoughIsNotNamed() {
        Choices both = choices(Packages.requirements("ssl@<3"), Packages.requirements("ssl@3.0"), Platform.ANY);
        assertThat(hint(PACKAGES, both, "ssl@3.0")).isEqualTo("allow ssl 2.0, or remove ssl from the profile");
    }

    @Test
    void thePlatformIsNamed() {
        List<Candidate> all = new ArrayList<>(PACKAGES.candidates());
        all.add(new Candidate(
                PackageId.parse("elpkg@1_1+00000000000000ff"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Platform("linux", "arm64")));
        ResolvePolicy policy = ResolvePolicy.of(choices(List.of(), List.of(), new Platform("linux", "amd64")));
        UnsolvableException e = catchThrowableOfType(
                UnsolvableException.class,
                () -> Resolver.resolve(new MemoryIndex(all), Packages.requirements("elpkg", "ssl"), policy));
        assertThat(e.hint())
                .isEqualTo("add elpkg for linux/amd64, which the profile is for, or remove elpkg from the profile");
    }

    @Test
    void everyAlternativeCouldBeAdded() {
        Packages packages = new Packages().with("nope2 1.0").with("nope3 1.0");
        assertThat(hint(packages, Choices.DEFAULT, "nope1 | nope2@^2"))
                .isEqualTo("add a package nope1 (did you mean nope2 or nope3?) or a version of nope2 that matches ^2, "
                        + "or allow nope2 1.0, or remove nope1 | nope2@^2 from the profile");
    }
}
