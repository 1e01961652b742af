package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "dev", "web-1", "A.b_c", "0"})
    void goodNames(String name) {
        assertThat(new ProfileName(name)).hasToString(name);
        assertThat(new EnvName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-x", "_x", "a/b", "a b", "a@b", "ä", "a\n", "g++"})
    void badNames(String name) {
        assertThatThrownBy(() -> new ProfileName(name))
                .isInstanceOf(AxiomException.class)
                .hasMessageStartingWith("profile name '" + name + "' is not valid");
        assertThatThrownBy(() -> new EnvName(name))
                .isInstanceOf(AxiomException.class)
                .hasMessageStartingWith("environment name '" + name + "' is not valid");
    }

    @Test
    void namesHaveAtMost64Characters() {
        assertThat(new EnvName("a".repeat(64)).value()).hasSize(64);
        assertThatThrownBy(() -> new EnvName("a".repeat(65))).isInstanceOf(AxiomException.class);
        assertThatThrownBy(() -> new ProfileName("a".repeat(65))).isInstanceOf(AxiomException.class);
    }

    @Test
    void requirementsAreReadBack() {
        for (String text : List.of("bash", "openssl@^3.0", "g++@>=8.0,<9", "x@1.0 || 2.0")) {
            assertThat(Requirement.parse(text)).hasToString(text).isEqualTo(Requirement.parse(text));
        }
        assertThat(Requirement.parse("bash@*")).hasToString("bash").isEqualTo(Requirement.parse("bash"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@1", "bash@", "bash@^", "a b@1"})
    void badRequirements(String text) {
        assertThatThrownBy(() -> Requirement.parse(text)).isInstanceOf(AxiomException.class);
    }

    @Test
    void requirementsKnowWhatTheyAllow() {
        PackageId bash = PackageId.parse("bash@5.2.15_1+00aa000000000001");
        assertThat(Requirement.parse("bash@^5").allows(bash)).isTrue();
        assertThat(Requirement.parse("bash@^4").allows(bash)).isFalse();
        assertThat(Requirement.parse("dash").allows(bash)).isFalse();
    }

    @Test
    void nearNamesAreTheMostSimilarFirst() {
        List<String> known = List.of("version", "revision", "name", "description", "versions", "license");
        assertThat(NearNames.of("verison", known)).containsExactly("version", "versions");
        assertThat(NearNames.of("NAME", known)).containsExactly("name");
        assertThat(NearNames.of("zebra", known)).isEmpty();
        assertThat(NearNames.of("", known)).isEmpty();
    }
}
