package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.testing.DebianLists;
import dev.axiom.core.testing.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemes beside the default one, against what the tools that define them say. */
@ExtendWith(Seeds.class)
final class VersionSchemesTest {
    /** How many pairs of real versions to put to dpkg itself; each costs a process. */
    private static final int PAIRS = Integer.getInteger("axiom.versions.pairs", 50);

    /** Every two of 600 versions, in the order that the tool gave them; see {@code scripts/golden-versions.sh}. */
    @ParameterizedTest
    @EnumSource(names = {"DEBIAN", "RPM"})
    void hasTheOrderOfItsTool(VersionScheme scheme) throws IOException {
        List<List<Version>> places = places(scheme);
        assertThat(places).hasSizeGreaterThan(400);
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < places.size(); j++) {
                for (Version left : places.get(i)) {
                    for (Version right : places.get(j)) {
                        if (Integer.signum(left.compareTo(right)) != Integer.compare(i, j)) {
                            throw new AssertionError(left + " against " + right);
                        }
                        if (i == j && left.hashCode() != right.hashCode()) {
                            throw new AssertionError(left + " and " + right + " hash differently");
                        }
                    }
                }
            }
        }
    }

    private static List<List<Version>> places(VersionScheme scheme) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(VersionSchemesTest.class.getResourceAsStream("/versions/" + scheme + ".txt")),
                StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .map(line -> Arrays.stream(line.split(" ", -1))
                            .map(text -> Version.parse(text, scheme))
                            .toList())
                    .toList();
        }
    }

    @Test
    void agreesWithDpkgItself() throws IOException, InterruptedException {
        assumeTrue(DebianLists.exist(), "there are no lists of packages, because this is no Debian, or apt-get update");
        TreeSet<String> texts = new TreeSet<>();
        DebianLists.read(fields -> texts.add(Objects.requireNonNull(fields.get("Version"))));
        List<String> real = List.copyOf(texts);
        Random random = Seeds.random();
        for (int i = 0; i < PAIRS; i++) {
            int at = random.nextInt(real.size());
            // Neighbours in the alphabet differ late; others differ at once.
            int other = random.nextBoolean() ? random.nextInt(real.size()) : Math.min(at + 1, real.size() - 1);
            Version left = Version.parse(real.get(at), VersionScheme.DEBIAN);
            Version right = Version.parse(real.get(other), VersionScheme.DEBIAN);
            String operator = left.compareTo(right) < 0 ? "lt" : left.equals(right) ? "eq" : "gt";
            Process dpkg = new ProcessBuilder("dpkg", "--compare-versions", left.toString(), operator, right.toString())
                    .start();
            assertThat(dpkg.waitFor()).as("%s %s %s", left, operator, right).isZero();
        }
    }

    /** The facts of pkg-version(8) and of the tests that pkg itself has. Each line ascends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 2 10 1,1 0.1,2",
                "1.pl1 1.alpha1 1.beta1 1.pre1 1.rc1 1 1.1",
                "1.0 1.0_1 1.0_2 1.0_10 1.0.1 1.0.1_1 1.0,1 1.0_1,1",
                "1.0.r1 1.0 1.0.1 1.0a 1.0b",
                "2.a 2.dev2 2.e 2 2.0.1 2a",
                "0.1beta2 0.1 0.1a",
                "10alpha 10 10a 10b2 10b10",
                "1.0p9 1.0p10 1.0p10.1",
                "1 1+1 1+2 1.1",
                "20240101 20240102",
                "2.4.rc1_3 2.4 2.4_1 2.4.1",
            })
    void freebsdAscends(String line) {
        VersionTest.assertAscending(line, VersionScheme.FREEBSD);
    }

    @ParameterizedTest
    @CsvSource({
        "FREEBSD, 10, 10.0.0",
        "FREEBSD, 10..1, 10.1",
        "FREEBSD, 10a1b2, 10a1.b2",
        "FREEBSD, 1.d2, 1.Development2",
        "FREEBSD, 10alpha, 10.a",
        "FREEBSD, 1.0, 1.0_0",
        "DEBIAN, 1.0, 0:1.0-0",
        "RPM, 1.0-1, 0:1_0-01"
    })
    void textsOfOnePlaceAreEqualVersions(VersionScheme scheme, String one, String other) {
        Version left = Version.parse(one, scheme);
        Version right = Version.parse(other, scheme);
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right).isEqualByComparingTo(right);
    }

    @ParameterizedTest
    @CsvSource({
        "DEBIAN, a:1",
        "DEBIAN, 1-",
        "DEBIAN, 1_2",
        "DEBIAN, '1,2'",
        "FREEBSD, '1,a'",
        "FREEBSD, 1_x",
        "FREEBSD, 1:2",
        "FREEBSD, '1,2,3'",
        "RPM, 1-2-3-",
        "RPM, x:1",
        "RPM, '1 2'"
    })
    void whatIsNoVersionIsRefused(VersionScheme scheme, String text) {
        assertThatThrownBy(() -> Version.parse(text, scheme))
                .hasMessageContaining("version '" + text + "' is not valid: ")
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    /** Antisymmetric, transitive, equal exactly where the comparison is 0. */
    @ParameterizedTest
    @EnumSource
    void isATotalOrder(VersionScheme scheme) {
        Random random = Seeds.random();
        for (int i = 0; i < 3_000; i++) {
            Version a = anyVersion(random, scheme);
            Version b = anyVersion(random, scheme);
            Version c = anyVersion(random, scheme);
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

    private static Version anyVersion(Random random, VersionScheme scheme) {
        String alphabet = "0011ap..-~+_:,^rc";
        while (true) {
            StringBuilder text = new StringBuilder("1");
            for (int i = random.nextInt(7); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                return Version.parse(text.toString(), scheme);
            } catch (AxiomException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            debian:>=1.2           ; 1.2 1.2-1 1:0.1            ; 1.2~rc1 1.1-9
            debian:=1.2            ; 1.2 1.2-0 0:1.2            ; 1.2-1 1.2~
            debian:<2              ; 2~rc1 1.9                  ; 2 2-1
            debian:~1.2.3          ; 1.2.3 1.2.9-1              ; 1.3 1.3~rc1 1.2.3~rc1
            debian:^1:2.39         ; 1:2.39 1:2.40-1            ; 2.40 1:3.0~rc1 1:3 2:2.40
            debian:2.36.*          ; 2.36 2.36-9 2.36.1         ; 2.37~rc1 2.35
            debian:>=1-1,<2||=5    ; 1-1 1.9 5                  ; 1 2 5-1
            freebsd:>=2.0,1        ; 2.0,1 2.0_1,1 1,2          ; 2.0 3.0 1.9,1
            freebsd:>=2.0,1,<3,1   ; 2.0,1 2.9_3,1              ; 3,1 2.5
            freebsd:^1.4           ; 1.4 1.4_5 1.9.9            ; 2 2.rc1 2.pl1 1.3
            freebsd:=1.4           ; 1.4 1.4.0                  ; 1.4_1
            rpm:=1.2               ; 1.2 1.2-1 1.2-9.fc40       ; 1.2.1 1.2~rc1-1 1:1.2
            rpm:>1.2               ; 1.2.1 1.2^git1-1 2-1       ; 1.2 1.2-9
            rpm:<=1.2-3            ; 1.2-3 1.2 1.1-9            ; 1.2-4
            rpm:=1.2^git1          ; 1.2^git1-1                 ; 1.2
            rpm:~1.2               ; 1.2-1 1.2.9-1              ; 1.3~rc1-1
            """)
    void constraintsFollowTheirScheme(String text, String allowed, String refused) {
        Constraint constraint = Constraint.parse(text);
        VersionScheme scheme = constraint.scheme().orElseThrow();
        assertThat(constraint).hasToString(text).isEqualTo(Constraint.parse(text));
        assertThat(versions(allowed, scheme)).allMatch(constraint::allows);
        assertThat(versions(refused, scheme)).noneMatch(constraint::allows);
    }

    private static List<Version> versions(String line, VersionScheme scheme) {
        List<Version> result = new ArrayList<>();
        for (String text : line.strip().split(" +", -1)) {
            result.add(Version.parse(text, scheme));
        }
        return result;
    }

    /** Without a scheme, what the text says is meant as the version's own scheme means it. */
    @Test
    void aConstraintWithoutASchemeFollowsTheVersions() {
        Constraint constraint = Constraint.parse("<2.0");
        assertThat(constraint.allows(Version.parse("2.0~rc1"))).isFalse();
        assertThat(constraint.allows(Version.parse("2.0~rc1", VersionScheme.DEBIAN)))
                .isTrue();
        assertThat(constraint.scheme()).isEmpty();
    }

    /** Somebody else's package of that name must not break what the constraint means for the others. */
    @Test
    void aConstraintAllowsNoVersionThatItMakesNoSenseFor() {
        Constraint constraint = Constraint.parse(">=1:2");
        assertThat(constraint.allows(Version.parse("2", VersionScheme.FREEBSD))).isFalse();
        assertThat(constraint.misfit(VersionScheme.FREEBSD))
                .hasValueSatisfying(why -> assertThat(why).contains("'>=1:2'"));
        assertThat(constraint.misfit(VersionScheme.DEBIAN)).isEmpty();
        assertThat(constraint.allows(Version.parse("1:3", VersionScheme.DEBIAN)))
                .isTrue();
        assertThat(Constraint.parse("semver:>=1:2").misfit(VersionScheme.FREEBSD))
                .isEmpty();
    }

    @Test
    void aConstraintOfOneSchemeAllowsNoOther() {
        assertThat(Constraint.parse("debian:*").allows(Version.parse("1"))).isFalse();
        assertThat(Constraint.parse("debian:*").allows(Version.parse("1", VersionScheme.DEBIAN)))
                .isTrue();
        assertThat(Constraint.parse("debian:*").isAny()).isFalse();
        assertThat(Constraint.parse("*").isAny()).isTrue();
    }

    @Test
    void versionsOfDifferentSchemesCannotBeCompared() {
        Version debian = Version.parse("1.0", VersionScheme.DEBIAN);
        assertThat(debian).isNotEqualTo(Version.parse("1.0"));
        assertThatThrownBy(() -> debian.compareTo(Version.parse("1.0", VersionScheme.RPM)))
                .hasMessage("version 1.0 (debian) cannot be compared with 1.0 (rpm): their version schemes differ");
    }

    @Test
    void idsCarryTheirScheme() {
        PackageId id = PackageId.parse("git@debian:1:2.39.5-0+deb12u2_1+0123456789abcdef");
        assertThat(id.version()).isEqualTo(Version.parse("1:2.39.5-0+deb12u2", VersionScheme.DEBIAN));
        assertThat(id).hasToString("git@debian:1:2.39.5-0+deb12u2_1+0123456789abcdef");
        PackageId plain = PackageId.parse("git@2.45_1+0123456789abcdef");
        assertThat(new TreeSet<>(List.of(id, plain))).containsExactly(plain, id);
        assertThat(PackageRef.parse("git@1:2.39.5-0+deb12u2").matches(id)).isTrue();
        assertThat(PackageRef.parse("git@debian:1:2.39.5-0+deb12u2").matches(id))
                .isTrue();
        assertThat(PackageRef.parse("git@rpm:1:2.39.5-0+deb12u2").matches(id)).isFalse();
        assertThat(PackageRef.parse(id.toString()).matches(id)).isTrue();
        assertThatThrownBy(() -> PackageRef.parse("git@debian:x:1")).hasMessageContaining("the epoch");
    }
}
