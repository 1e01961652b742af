package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageIdTest {
    private static final List<PackageId> STORE = List.of(
            PackageId.parse("bash@5.2.15_1+00aa000000000001"),
            PackageId.parse("bash@5.2.15_2+00bb000000000002"),
            PackageId.parse("bash@5.2.21_1+00cc000000000003"),
            PackageId.parse("dash@0.5_1+00aa000000000004"),
            PackageId.parse("g++@1.2_3_1+0123000000000005"),
            PackageId.parse("dead@1.0_1+0456000000000006"),
            PackageId.parse("zlib@1.3_1+dead000000000007"),
            PackageId.parse("jdk@17.0.15+6_1+0789000000000008"));

    /** Versions that others, with their revisions, look like. */
    private static final List<PackageId> LOOKALIKES = List.of(
            PackageId.parse("x@5.2_1+0000000000000001"),
            PackageId.parse("x@5.2.1_1+0000000000000002"),
            PackageId.parse("o@1.0_1+0000000000000003"),
            PackageId.parse("o@1.0.0_1+0000000000000004"),
            PackageId.parse("o@1.0.1_1+0000000000000005"),
            PackageId.parse("j@1.8.0_312_1+0000000000000006"),
            PackageId.parse("f@freebsd:1.4_5_1+0000000000000007"),
            PackageId.parse("y@5.2.1_1+0000000000000008"),
            PackageId.parse("y@5.2.1+000_1+0000000000000009"),
            PackageId.parse("y@5.2.2_1+000000000000000a"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash@5.2.15_1+00aa000000000001",
                "g++@1.2_3_0+0123456789abcdef",
                "jdk@17.0.15+6_1+0123456789abcdef",
                "x@1:2.3~rc1-4_12+0123456789abcdef"
            })
    void textIsReadBack(String text) {
        assertThat(PackageId.parse(text)).hasToString(text).isEqualTo(PackageId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bash",
                "bash@5.2",
                "bash@5.2_1",
                "bash@5.2_1+0123",
                "@5.2_1+0123456789abcdef",
                "bash@_1+0123456789abcdef",
                "bash@5.2_-1+0123456789abcdef",
                "bash@5.2_1+0123456789ABCDEF",
                "bash@5.2_9999999999+0123456789abcdef",
                "a b@5.2_1+0123456789abcdef"
            })
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> PackageId.parse(text))
                .isInstanceOf(AxiomException.class)
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void areOrderedByNameVersionRevisionBuild() {
        List<PackageId> ascending = List.of(
                PackageId.parse("a@1.9_1+0000000000000009"),
                PackageId.parse("a@1.10_1+0000000000000001"),
                PackageId.parse("a@1.10_2+0000000000000000"),
                PackageId.parse("a@1.10_2+0000000000000001"),
                PackageId.parse("a@1.10_10+0000000000000000"),
                PackageId.parse("b@0.1_1+0000000000000000"));
        assertThat(ascending.stream().sorted().toList()).isEqualTo(ascending);
    }

    @ParameterizedTest
    @CsvSource({
        "dash, dash@0.5_1+00aa000000000004",
        "bash@5.2.21, bash@5.2.21_1+00cc000000000003",
        "bash@5.2.15_2, bash@5.2.15_2+00bb000000000002",
        "bash@5.2.15_2+00bb, bash@5.2.15_2+00bb000000000002",
        "bash@5.2.15_1+00aa000000000001, bash@5.2.15_1+00aa000000000001",
        "00bb, bash@5.2.15_2+00bb000000000002",
        "00bb000000000002, bash@5.2.15_2+00bb000000000002",
        "g++, g++@1.2_3_1+0123000000000005",
        "g++@1.2_3, g++@1.2_3_1+0123000000000005",
        "g++@1.2_3_1, g++@1.2_3_1+0123000000000005",
        "dead, dead@1.0_1+0456000000000006",
        "dead0, zlib@1.3_1+dead000000000007",
        "jdk@17.0.15+6, jdk@17.0.15+6_1+0789000000000008",
    })
    void anyUnambiguousFormSelects(String ref, String id) {
        assertThat(PackageRef.parse(ref).select(STORE)).hasToString(id);
        assertThat(PackageRef.parse(ref).matches(PackageId.parse(id))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "bash@5.2.15", "00aa"})
    void anAmbiguousFormListsWhatItCanMean(String ref) {
        assertThatThrownBy(() -> PackageRef.parse(ref).select(STORE))
                .hasMessageContaining("'" + ref + "' is ambiguous: it can mean bash@5.2.15_1+00aa000000000001, ")
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aVersionThatLooksLikeAVersionWithRevisionIsAmbiguous() {
        List<PackageId> both =
                List.of(PackageId.parse("x@1_2_1+0000000000000001"), PackageId.parse("x@1_2+0000000000000002"));
        assertThatThrownBy(() -> PackageRef.parse("x@1_2").select(both)).hasMessageContaining("ambiguous");
    }

    @ParameterizedTest
    @CsvSource({
        "x@5.2_1, x@5.2_1+0000000000000001",
        "x@5.2.1, x@5.2.1_1+0000000000000002",
        "x@5.2.0_1, x@5.2_1+0000000000000001",
        "o@1.0, o@1.0_1+0000000000000003",
        "o@1.0_1, o@1.0_1+0000000000000003",
        "o@1.0.0, o@1.0.0_1+0000000000000004",
        "o@1.0.1, o@1.0.1_1+0000000000000005",
        "j@1.8.0_312, j@1.8.0_312_1+0000000000000006",
        "f@1.4_5, f@freebsd:1.4_5_1+0000000000000007",
        "f@freebsd:1.4_5_1, f@freebsd:1.4_5_1+0000000000000007",
    })
    void aTextMeansThePackageThatIsWrittenSo(String ref, String id) {
        assertThat(PackageRef.parse(ref).select(LOOKALIKES)).hasToString(id);
    }

    /** The order takes these for versions that are there; a person means a revision or a build that is not. */
    @ParameterizedTest
    @ValueSource(strings = {"y@5.2_1", "y@5.2_2_1", "y@5.2_1+0000", "y@5.2_1+000", "j@1.8.0.31_2", "f@1.4.5_1"})
    void aRevisionIsNoPartOfAnotherVersion(String ref) {
        assertThatThrownBy(() -> PackageRef.parse(ref).select(LOOKALIKES))
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(LOOKALIKES).noneMatch(PackageRef.parse(ref)::matches);
    }

    @ParameterizedTest
    @CsvSource({
        "bsah, did you mean bash?",
        "bash@5.2.22, did you mean bash@5.2.21 or bash@5.2.15?",
        "zlob@1, axiom package list"
    })
    void whatIsNotThereIsNotFoundWithTheNextStep(String ref, String hint) {
        assertThatThrownBy(() -> PackageRef.parse(ref).select(STORE))
                .hasMessage("no package is called '" + ref + "'")
                .satisfies(e -> assertThat(((AxiomException) e).hint()).isEqualTo(hint))
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Manifest.MAX_REVISION})
    void whatCanBeBuiltCanBeRead(int revision) {
        PackageId id =
                new PackageId(new PackageName("x"), Version.parse("1"), revision, new BuildId("0000000000000001"));
        assertThat(PackageId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Manifest.MAX_REVISION + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aRevisionThatCouldNotBeReadCannotBeBuilt(int revision) {
        assertThatThrownBy(() -> new PackageId(
                        new PackageName("x"), Version.parse("1"), revision, new BuildId("0000000000000001")))
                .hasMessage("revision " + revision + " of x is not from 0 to 999999999")
                .extracting(e -> ((AxiomException) e).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void ofManyCandidatesTenAreListed() {
        List<PackageId> many = IntStream.range(0, 30)
                .mapToObj(i -> PackageId.parse("x@1.%d_1+0000000000000001".formatted(i)))
                .toList();
        assertThatThrownBy(() -> PackageRef.parse("x").select(many)).hasMessageEndingWith("and 20 more");
    }
}
