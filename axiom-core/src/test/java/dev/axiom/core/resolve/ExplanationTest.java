package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.ErrorCode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What people read when there is no solution. */
final class ExplanationTest {
    private static UnsolvableException failure(Packages packages, String... roots) {
        return catchThrowableOfType(UnsolvableException.class, () -> packages.resolve(roots));
    }

    @Test
    void aDependencyThatNoVersionMatches() {
        Packages packages =
                new Packages().with("web 2.0.0: ssl@^3.0").with("ssl 1.1").with("ssl 2.0");
        UnsolvableException e = failure(packages, "web");
        assertThat(e.code()).isEqualTo(ErrorCode.UNSOLVABLE);
        assertThat(e)
                .hasMessage(
                        """
                        the profile cannot be resolved:
                          1. Because web 2.0.0 depends on ssl ^3.0 and no version of ssl matches ^3.0 (there is ssl 1.1 or 2.0), web 2.0.0 cannot be chosen.
                          2. So, because the profile requires web, no set of packages satisfies the profile.\
                        """);
        assertThat(e.hint()).isEqualTo("add a version of ssl that matches ^3.0, or remove web from the profile");
        assertThat(e.requirements()).hasToString("[web]");
    }

    @Test
    void aDependencyThatDoesNotExist() {
        UnsolvableException e = failure(new Packages().with("web 2.0: ssl").with("sslh 1"), "web@^2");
        assertThat(e.explanation()).first().asString().contains("there is no package ssl");
        assertThat(e.hint()).isEqualTo("add a package ssl (did you mean sslh?), or remove web from the profile");
    }

    @Test
    void aRequirementThatNoVersionMatches() {
        UnsolvableException e = failure(new Packages().with("web 2.0"), "web@^3");
        assertThat(e.explanation())
                .containsExactly("Because the profile requires web ^3 and no version of web matches ^3 (there is web "
                        + "2.0), no set of packages satisfies the profile.");
    }

    /** The menu example known from pub: what two requirements mean for a package that neither names. */
    @Test
    void aConflictThroughAThirdPackage() {
        Packages packages = new Packages()
                .with("dropdown 1.8: intl@^3")
                .with("dropdown 2.0: icons@^2")
                .with("dropdown 2.3: icons@^2")
                .with("icons 1.0")
                .with("icons 2.0")
                .with("intl 3")
                .with("menu 1.0: dropdown@>=2.0")
                .with("menu 1.5: dropdown@>=2.0");
        UnsolvableException e = failure(packages, "menu", "icons@1.0", "intl");
        assertThat(e.explanation())
                .containsExactly(
                        "Because dropdown 2.0 or 2.3 depends on icons ^2 and every version of menu depends on "
                                + "dropdown >=2.0, every version of menu requires icons ^2.",
                        "So, because the profile requires menu and the profile requires icons 1.0, no set of packages "
                                + "satisfies the profile.");
        assertThat(e.requirements()).hasToString("[icons@1.0, menu]");
        assertThat(e.hint()).isEqualTo("allow icons 2.0, or remove icons or menu from the profile");
    }

    /** Two separate reasons meet: the sentences are referred to by number. */
    @Test
    void branchesAreNumbered() {
        Packages packages = new Packages()
                .with("cron 1: mail-agent")
                .with("exim 4: +mail-agent; perl@5")
                .with("postfix 3: +mail-agent; perl@5")
                .with("perl 6");
        assertThat(failure(packages, "cron").explanation())
                .contains(
                        "So, because cron 1 depends on mail-agent (provided by exim and postfix), cron 1 requires "
                                + "exim.",
                        "Because exim 4 cannot be chosen (1) and cron 1 requires exim (3), cron 1 cannot be chosen.");
    }

    @Test
    void whatIsProvidedInOtherVersionsIsNotDenied() {
        Packages packages =
                new Packages().with("bash 5: +sh@5.2").with("bash 6: +sh@5.2").with("dash 1: +sh");
        assertThat(failure(packages, "sh@>=6").explanation())
                .first()
                .asString()
                .contains("nothing that provides sh matches >=6 (there is bash as 5.2 and dash as no version)");
        Packages many = new Packages();
        for (int i = 1; i <= 7; i++) {
            many.with("shell" + i + " 1: +sh");
        }
        assertThat(failure(many, "sh@>=6").explanation())
                .first()
                .asString()
                .contains("shell5 as no version and 2 more)");
    }

    @Test
    void packagesThatConflict() {
        Packages packages =
                new Packages().with("apache 2: !nginx").with("nginx 1").with("stack 1: apache; nginx");
        assertThat(failure(packages, "stack").explanation())
                .first()
                .asString()
                .isEqualTo(
                        "Because stack 1 depends on nginx and apache 2 conflicts with nginx, apache and stack cannot "
                                + "be chosen together.");
        Packages agents = new Packages().with("exim 4: +agent; !agent").with("postfix 3: +agent");
        assertThat(failure(agents, "exim", "postfix").explanation())
                .first()
                .asString()
                .contains("exim 4 conflicts with agent, which postfix 3 provides");
    }

    @Test
    void packagesOfOneVersionAreToldApart() {
        Packages packages = new Packages()
                .with("a 1.0_1: gone")
                .with("a 1.0_2: gone")
                .with("a 1.0_2: lost")
                .with("b 1: a@1.0")
                .with("c 1");
        assertThat(String.join("\n", failure(packages, "b").explanation()))
                .contains("a 1.0_1 or 1.0_2+0000000000000002 depends on gone")
                .contains("a 1.0_2+0000000000000003 depends on lost");
    }

    @Test
    void theDerivationLeadsFromTheFailureToFacts() {
        UnsolvableException e = failure(new Packages().with("web 1: ssl"), "web");
        Derivation derivation = Objects.requireNonNull(e.derivation());
        assertThat(derivation).hasToString("no set of packages satisfies the profile");
        assertThat(derivation.isFact()).isFalse();
        assertThat(derivation.causes()).hasSize(2).first().hasToString("the profile requires web");
        assertThat(derivation.causes().get(0).isFact()).isTrue();
        assertThat(derivation.causes().get(1).causes())
                .extracting(Derivation::statement)
                .containsExactly("web 1 depends on ssl", "there is no package ssl");
    }
}
