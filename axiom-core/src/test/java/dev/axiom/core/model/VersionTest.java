package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeds.class)
final class VersionTest {
    /** Each line ascends. The first is the example of SemVer 2.0, section 11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0",
                "1.0.0 2.0.0 2.1.0 2.1.1 2.1.10 10.0.0",
                "1.2 1.2.0.1 1.2.3 1.2.3.4 1.2.3.10 1.2.4",
                "3.0.8 3.0.8p1 3.0.8p2 3.0.8p10 3.0.9 3.0.10",
                "9.6 9.6p1 9.7 9.7p1 10.0",
                "1.1.1 1.1.1a 1.1.1w 1.1.2",
                "2023.12.31 2024.01.02 2024.1.15 20240101",
                "2023.12.31 2024 2024-01-02-rc1 2024-01-02 2024.01.02.1 2024-01-02.2 2024-01-02p1 2024-01-15 2024.10.1 2025",
                "2024-00-10 2024-01-021 2024-01-32 2024-1-2 2024-13-01 2024 1:2024-01-02 1:2024-01-03",
                "1.0-rc1 1.0",
                "1.0beta2 1.0rc1 1.0rc2 1.0rc10 1.0 1.0.post1",
                "2.0.0.Beta1 2.0.0.Beta2 2.0.0.RC1 2.0.0 2.0.0.Final",
                "1.0~beta1 1.0~rc1 1.0",
                "17.0.15 17.0.15+6 17.0.15+7 17.0.15+10 17.0.16",
                "9.9 1:0.1 1:2.0 2:0.0.1",
                "1.8.0_45 1.8.0_312 1.8.1",
                "99999999999999999998 99999999999999999999 100000000000000000000",
                "0 r12 r13 1",
            })
    void ascends(String line) {
        assertAscending(line, VersionScheme.SEMVER);
    }

    /** Each of the texts, with a blank between, comes before all that follow. */
    static void assertAscending(String line, VersionScheme scheme) {
        List<Version> versions = Arrays.stream(line.split(" ", -1))
                .map(text -> Version.parse(text, scheme))
                .toList();
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
                        .as("%s against %s", versions.get(i), versions.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2 1.2.0",
                "1.2 1.2.0.0",
                "01.2 1.2",
                "2024.01.02 2024.1.2",
                "2024-01-02 2024.1.2",
                "2024-01-02+7 2024.01.02+7",
                "1.0rc1 1.0-rc.1",
                "0 0.0",
                "1_2 1.2"
            })
    void textsOfOnePlaceAreEqualVersions(String line) {
        Version left = Version.parse(line.split(" ", -1)[0]);
        Version right = Version.parse(line.split(" ", -1)[1]);
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right).isEqualByComparingTo(right);
        assertThat(left).asString().isNotEqualTo(right.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".1", "-1", "1..2", "1.", "1.-rc", "1-", "1-a..b", "1+", "1~", "a:1", "1:2:3", "1 2", "1/2", "../1",
                "1\n", "é", "1:"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("version '" + text + "' is not valid")
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void lengthIsLimited() {
        assertThat(Version.parse("1".repeat(128))).hasToString("1".repeat(128));
        assertThatThrownBy(() -> Version.parse("1".repeat(129))).isInstanceOf(AxiomException.class);
    }

    @Test
    void knowsPrereleases() {
        assertThat(List.of("1.0-1", "1.0rc1", "1.0~x", "2.0.Beta3", "1.0.dev4", "1-SNAPSHOT"))
                .allMatch(text -> Version.parse(text).isPrerelease());
        assertThat(List.of("1.0", "1.0p1", "1.1.1a", "1.0.post1", "1.0+rc1", "1.0prefix", "20240101", "2024-01-02"))
                .noneMatch(text -> Version.parse(text).isPrerelease());
    }

    @Test
    void schemesAreNamed() {
        assertThat(VersionScheme.named("semver"))
                .isEqualTo(VersionScheme.SEMVER)
                .hasToString("semver");
        assertThatThrownBy(() -> VersionScheme.named("pacman"))
                .hasMessage("version scheme 'pacman' is not known: it must be semver, debian, freebsd or rpm");
    }

    /** Antisymmetric, transitive, and equal exactly where the comparison is 0. */
    @Test
    void isATotalOrder() {
        Random random = Seeds.random();
        for (int i = 0; i < 20_000; i++) {
            Version a = anyVersion(random);
            Version b = anyVersion(random);
            Version c = anyVersion(random);
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
            if (a.equals(b)) {
                assertThat(a.hashCode()).isEqualTo(b.hashCode());
            }
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).as("%s %s %s", a, b, c).isLessThanOrEqualTo(0);
            }
        }
    }

    private static Version anyVersion(Random random) {
        String alphabet = "0011ap..-~+_:rc";
        while (true) {
            StringBuilder text = new StringBuilder("1");
            for (int i = random.nextInt(7); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String date = random.nextInt(5) == 0 ? "2024-0%d-0%d".formatted(random.nextInt(3), random.nextInt(3)) : "";
            try {
                return Version.parse(
                        date.isEmpty()
                                ? text.toString()
                                : text.replace(0, 1, date).toString());
            } catch (AxiomException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            }
        }
    }
}
