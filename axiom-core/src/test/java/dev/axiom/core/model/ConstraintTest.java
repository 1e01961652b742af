package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeds.class)
final class ConstraintTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            1.2.3            ; EXACT ; 1.2.3 1.2.3.0 1.2.3+7         ; 1.2.4 1.2.2 1.2.3-rc1 1.2.3.1 1.2
            =1.2             ; EXACT ; 1.2 1.2.0                     ; 1.2.1 1.3
            = 17.0.2+8       ; EXACT ; 17.0.2+8                      ; 17.0.2 17.0.2+7 17.0.2+9
            ~1.2             ; TILDE ; 1.2 1.2.0 1.2.9 1.2.3p1       ; 1.3 1.1.9 1.3-rc1 1.2-rc1 2.0
            ~1.2.3           ; TILDE ; 1.2.3 1.2.10                  ; 1.2.2 1.3.0
            ~1.2.3.4         ; TILDE ; 1.2.3.4 1.2.3.9               ; 1.2.4 1.2.3.3
            ~1               ; TILDE ; 1 1.9                         ; 2 0.9 2.0-alpha
            ^1.2             ; CARET ; 1.2 1.9.9 1.2.0.1 1.3-rc1     ; 2.0 2.0.0-rc1 1.1 0.9
            ^1.2.3-rc1       ; CARET ; 1.2.3-rc1 1.2.3-rc2 1.2.3 1.9 ; 1.2.3-beta 2.0
            ^0.2.3           ; CARET ; 0.2.3 0.2.9                   ; 0.3.0 0.2.2 1.0 0.3.0-rc1
            ^0.0.3           ; CARET ; 0.0.3 0.0.3.1                 ; 0.0.4 0.1
            ^0.0             ; CARET ; 0.0 0.0.9                     ; 0.1
            ^0               ; CARET ; 0 0.9.9                       ; 1.0
            ^1:2.3           ; CARET ; 1:2.3 1:2.9                   ; 2.3 2.9 1:3.0 2:2.3
            ^2024.01.15      ; CARET ; 2024.1.15 2024.12.01          ; 2025.01.01 2024.1.14
            ^2024-01-15      ; CARET ; 2024-01-15 2024.12.01         ; 2025-01-01 2024-01-14
            ~2024-01-15      ; TILDE ; 2024-01-31                    ; 2024-02-01 2024-01-14
            >=2024           ; RANGE ; 2024-01-02 2024-10-01         ; 2023-12-31
            >=2024.01.01     ; RANGE ; 2024-01-02 2024-10-01         ; 2023-12-31
            <2024-02-01      ; RANGE ; 2024-01-31 2023.12.31         ; 2024-02-01 2024-02-01-rc1
            >=8.0,<9         ; RANGE ; 8.0 8.9.9 8.5-rc1             ; 9 9.0-rc1 7.9 8.0-rc1
            >=8.0 <9         ; RANGE ; 8.0 8.9                       ; 9
            >= 8.0 , < 9     ; RANGE ; 8.0 8.9                       ; 9
            >=2.0-rc1,<2.0   ; RANGE ; 2.0-rc1 2.0-rc2               ; 2.0 2.0-beta 1.9
            <2.0-rc2         ; RANGE ; 2.0-rc1 1.9                   ; 2.0-rc2 2.0
            >1.2             ; RANGE ; 1.2.1 1.3 1.2p1               ; 1.2 1.2.0 1.2+9 1.1
            >1.2+5           ; RANGE ; 1.2+6 1.3                     ; 1.2+5 1.2+4 1.2
            <=1.2            ; RANGE ; 1.2 1.2+9 1.1 1.2-rc1         ; 1.2.1
            <=1.2+5          ; RANGE ; 1.2 1.2+5                     ; 1.2+6 1.3
            <1.2+5           ; RANGE ; 1.2+4 1.2 1.1                 ; 1.2+5
            !=1.3            ; RANGE ; 1.2 1.3.1 1.3-rc1             ; 1.3 1.3.0 1.3+7
            1.2.*            ; RANGE ; 1.2 1.2.9                     ; 1.3 1.1
            *                ; ANY   ; 0 1.2 9-rc1                   ; ''
            ^1.0 || ^3.0     ; UNION ; 1.5 3.5                       ; 2.0 4.0 0.9
            <2 || >=3,!=3.1  ; UNION ; 1.0 3.0 3.2                   ; 2.0 3.1 2.5
            1.0||2.0||*      ; UNION ; 1.0 2.0 3.0                   ; ''
            >=2,<1           ; RANGE ; ''                            ; 0 1 2 3
            """)
    void allows(String text, Constraint.Kind kind, String allowed, String refused) {
        Constraint constraint = Constraint.parse(text);
        assertThat(constraint.kind()).isEqualTo(kind);
        assertThat(constraint).hasToString(text).isEqualTo(Constraint.parse(text));
        assertThat(versions(allowed)).allMatch(constraint::allows);
        assertThat(versions(refused)).noneMatch(constraint::allows);
    }

    @ParameterizedTest
    @CsvSource({"any, *", "' any ', *", "debian:any, debian:*", "=any, =any"})
    void theWordAnyIsAStar(String text, String meant) {
        assertThat(Constraint.parse(text)).isEqualTo(Constraint.parse(meant)).hasToString(meant);
        assertThat(Constraint.parse(text).kind())
                .isEqualTo(meant.endsWith("*") ? Constraint.Kind.ANY : Constraint.Kind.EXACT);
    }

    @Test
    void knowsWhatNoVersionCanMeet() {
        assertThat(List.of(">=2,<1", ">=2,<2", "=1,!=1", ">2 <1 || =1,=2", "debian:>2,<2"))
                .allMatch(text -> Constraint.parse(text).allowsNone());
        assertThat(List.of("*", ">=2-rc1,<2", "<1||>2", ">=2,<=2", "debian:<0", "freebsd:>=1,<2"))
                .noneMatch(text -> Constraint.parse(text).allowsNone());
    }

    private static List<Version> versions(String line) {
        return line.isEmpty()
                ? List.of()
                : List.of(line.strip().split(" +", -1)).stream()
                        .map(Version::parse)
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
            \"\"     ; it is empty
            >=       ; '>=' needs a version
            1.0,     ; a version is missing beside ',' or '||'
            ,1.0     ; a version is missing beside ',' or '||'
            1.0||    ; a version is missing beside ',' or '||'
            || 1.0   ; a version is missing beside ',' or '||'
            1.0 | 2  ; '| 2' is neither an operator
            =>1.0    ; '=' needs a version
            >*       ; '>' and '*' do not go together
            1*       ; '*' may stand only alone or behind a dot
            ?1       ; '?1' is neither an operator
            >=1 && <2 ; '&& <2' is neither an operator
            """)
    void whatIsNoConstraintIsRefused(String text, String reason) {
        assertThatThrownBy(() -> Constraint.parse(text))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("constraint '" + text + "' is not valid: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "1.0 - 2.0", "^..1", ">=1.0/2"})
    void versionsInItAreChecked(String text) {
        assertThatThrownBy(() -> Constraint.parse(text)).isInstanceOf(AxiomException.class);
    }

    @Test
    void hugeConstraintsAreRefused() {
        assertThatThrownBy(() -> Constraint.parse("1.0||".repeat(10_000) + "1.0"))
                .hasMessageContaining("4096 characters");
    }

    @Test
    void boundsOfLongVersionsWork() {
        String longest = "1." + "2".repeat(126);
        assertThat(Constraint.parse("<" + longest).allows(Version.parse("1.1"))).isTrue();
        assertThat(Constraint.parse("^" + longest).allows(Version.parse(longest)))
                .isTrue();
    }

    /** Sets must behave as sets of the sampled versions do. */
    @Test
    void setsKeepTheLawsOfSets() {
        Random random = Seeds.random();
        List<Version> sample =
                versions("0 1-a 1 1+1 1+2 1.0.1 1.1-a 1.1-b 1.1 1.2 1.2p1 1.3-rc1 1.3 2-a 2 2+5 2.1 3 1:0 1:1");
        for (int i = 0; i < 5_000; i++) {
            VersionSet a = anySet(random, sample);
            VersionSet b = anySet(random, sample);
            for (Version version : sample) {
                boolean inA = a.contains(version);
                boolean inB = b.contains(version);
                assertThat(a.union(b).contains(version)).isEqualTo(inA || inB);
                assertThat(a.intersect(b).contains(version)).isEqualTo(inA && inB);
                assertThat(a.complement().contains(version)).isEqualTo(!inA);
            }
            assertThat(a.complement().complement()).isEqualTo(a).hasSameHashCodeAs(a);
            assertThat(a.union(b)).isEqualTo(b.union(a));
            assertThat(a.union(b).complement()).isEqualTo(a.complement().intersect(b.complement()));
            assertThat(a.union(a.complement()).isAny()).isTrue();
            assertThat(a.intersect(a.complement()).isEmpty()).isTrue();
        }
    }

    private static VersionSet anySet(Random random, List<Version> sample) {
        List<String> operators = List.of("=", ">=", "<=", ">", "<", "!=", "^", "~");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(operators.get(random.nextInt(operators.size())))
                    .append(sample.get(random.nextInt(sample.size())))
                    .append(i == 0 ? "" : random.nextBoolean() ? "," : "||");
        }
        return Constraint.parse(text.toString()).versions(VersionScheme.SEMVER);
    }

    @Test
    void setsAreShownAsConstraints() {
        assertThat(VersionSet.any()).hasToString("*");
        assertThat(VersionSet.empty()).hasToString("none");
        assertThat(Constraint.parse(">=8.0,<9 || =3").versions(VersionScheme.SEMVER))
                .hasToString("=3 || >=8.0 <9-0");
        assertThat(Constraint.parse(">3").versions(VersionScheme.SEMVER)).hasToString(">3");
        assertThat(Constraint.parse("<=3").versions(VersionScheme.SEMVER)).hasToString("<=3");
    }
}
