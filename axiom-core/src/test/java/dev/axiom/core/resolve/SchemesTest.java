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

/** Packages of one name whose versions belong to different schemes. */
final class SchemesTest {
    private static final Platform LINUX = new Platform("linux", "amd64");
    private static final Platform FREEBSD = new Platform("freebsd", "");

    private static Candidate freebsd(String name, String version, Platform platform) {
        PackageId id = new PackageId(
                new PackageName(name),
                Version.parse(version, VersionScheme.FREEBSD),
                1,
                new BuildId("00000000000000ff"));
        return new Candidate(id, List.of(), List.of(), List.of(), List.of(), platform);
    }

    private static MemoryIndex index(Packages packages, Candidate other) {
        List<Candidate> all = new ArrayList<>(packages.candidates());
        all.add(other);
        return new MemoryIndex(all);
    }

    private static List<String> resolve(MemoryIndex index, Choices choices, String... roots) {
        return Resolver.resolve(index, Packages.requirements(roots), ResolvePolicy.of(choices)).packages().stream()
                .map(chosen -> chosen.id().name() + " " + chosen.id().version())
                .toList();
    }

    /** In freebsd, a version has no dash before its revision. */
    @Test
    void aPackageThatAConstraintMakesNoSenseForBreaksNothing() {
        Packages packages =
                new Packages().with("bar 1.0").with("baz 1: !bar@<0.9-rc1").with("zap 1: +bar@0.1");
        for (Platform platform : List.of(FREEBSD, Platform.ANY)) {
            MemoryIndex index = index(packages, freebsd("bar", "2.0,1", platform));
            Choices choices = Choices.DEFAULT.on(LINUX);
            assertThat(resolve(index, choices, "bar@>=1.0-rc1", "baz")).containsExactly("bar 1.0", "baz 1");
            Choices pinned = new Choices(
                    Preference.NEWEST,
                    Map.of(),
                    Packages.requirements("bar@>=1.0-rc1"),
                    List.of(),
                    LINUX,
                    false,
                    Set.of());
            assertThat(resolve(index, pinned, "bar")).containsExactly("bar 1.0");
        }
    }

    @Test
    void theExplanationSaysWhatAConstraintMakesNoSenseFor() {
        MemoryIndex index = index(new Packages().with("baz 1"), freebsd("bar", "2.0", Platform.ANY));
        UnsolvableException e =
                catchThrowableOfType(UnsolvableException.class, () -> resolve(index, Choices.DEFAULT, "bar@>=1.0-rc1"));
        assertThat(e.explanation())
                .containsExactly("Because the profile requires bar >=1.0-rc1 and no version of bar matches >=1.0-rc1 "
                        + "(there is bar 2.0), which makes no sense for versions of the scheme freebsd, no set of "
                        + "packages satisfies the profile.");
        assertThat(e.hint()).startsWith("say what is meant in the scheme freebsd, such as 'bar@freebsd:*', or ");
        assertThat(resolve(index, Choices.DEFAULT, "bar@freebsd:*")).containsExactly("bar 2.0");
    }

    @Test
    void theExplanationSaysItToo_whereOthersMatchButCannotBeChosen() {
        MemoryIndex index = index(new Packages().with("bar 1.0: gone"), freebsd("bar", "2.0", Platform.ANY));
        assertThatThrownBy(() -> resolve(index, Choices.DEFAULT, "bar@>=1.0-rc1"))
                .hasMessageContaining(
                        "the profile requires bar >=1.0-rc1, which makes no sense for versions of the scheme freebsd");
    }

    @Test
    void whereBothCouldBeMeantItMustBeSaidWhich() {
        MemoryIndex both = index(new Packages().with("bar 1.0"), freebsd("bar", "2.0", Platform.ANY));
        assertThatThrownBy(() -> resolve(both, Choices.DEFAULT, "bar@>=1"))
                .hasMessageContaining("which cannot be compared: their version schemes differ");
        MemoryIndex elsewhere = index(new Packages().with("bar 1.0"), freebsd("bar", "2.0", FREEBSD));
        assertThat(resolve(elsewhere, Choices.DEFAULT.on(LINUX), "bar@>=1")).containsExactly("bar 1.0");
        Choices without = new Choices(
                Preference.NEWEST,
                Map.of(),
                List.of(),
                List.of(Requirement.parse("bar@freebsd:*")),
                Platform.ANY,
                false,
                Set.of());
        assertThat(resolve(both, without, "bar@>=1")).containsExactly("bar 1.0");
    }

    /** What is shut out stays so when the search goes back behind the step at which it met the name. */
    @Test
    void whatIsShutOutIsNotComparedLaterEither() {
        Packages packages = new Packages()
                .with("app 2: bar; lib")
                .with("app 1: bar | tool")
                .with("lib 1: gone")
                .with("tool 1")
                .with("bar 1.0");
        MemoryIndex index = index(packages, freebsd("bar", "2.0", FREEBSD));
        assertThat(resolve(index, Choices.DEFAULT.on(LINUX), "app")).containsExactly("app 1", "bar 1.0");
    }
}
