package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems have several words for one processor, and packages come from all of them. */
class PlatformTest {
    /** Each line: Debian's word, then what Java, the kernels and FreeBSD call the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "amd64 x86_64 x86-64 x64",
                "arm64 aarch64",
                "i386 i486 i586 i686 x86",
                "armhf armv7 armv7l arm",
                "ppc64el ppc64le powerpc64le",
                "ppc64 powerpc64",
                "riscv64",
                "s390x"
            })
    void allWordsForAProcessorMeanTheSame(String line) {
        List<String> words = List.of(line.split(" "));
        for (String here : words) {
            for (String built : words) {
                assertThat(linux(here).runs(linux(built)))
                        .as(here + " " + built)
                        .isTrue();
                assertThat(linux(here.toUpperCase(Locale.ROOT)).runs(linux(built)))
                        .isTrue();
            }
            assertThat(linux(here).runs(linux("sparc64"))).as(here).isFalse();
            assertThat(Platform.commonArch(here)).isEqualTo(words.get(0));
        }
    }

    @Test
    void processorsThatDifferDoNotMeet() {
        assertThat(linux("amd64").runs(linux("i386"))).isFalse();
        assertThat(linux("ppc64el").runs(linux("ppc64"))).isFalse();
        assertThat(linux("armhf").runs(linux("arm64"))).isFalse();
        assertThat(linux("armhf").runs(linux("armel"))).isFalse();
        assertThat(linux("unheard-of").runs(linux("unheard-of"))).isTrue();
    }

    @Test
    void systemsMeetHoweverTheyAreWritten() {
        assertThat(new Platform("FreeBSD", "").runs(new Platform("freebsd", "")))
                .isTrue();
        assertThat(new Platform("mac-os-x", "").runs(new Platform("darwin", "")))
                .isTrue();
        assertThat(new Platform("linux", "amd64").runs(new Platform("freebsd", "amd64")))
                .isFalse();
    }

    @Test
    void whatIsNotStatedRunsOnAll() {
        assertThat(linux("amd64").runs(Platform.ANY)).isTrue();
        assertThat(Platform.ANY.runs(linux("s390x"))).isTrue();
    }

    /** What is stored keeps its own words, and so its bytes. */
    @Test
    void aWordStaysAsItWasWritten() {
        assertThat(new Platform("Linux", "x86_64")).hasToString("Linux/x86_64");
    }

    /** FreeBSD's older form says how many bits and in which order after the family. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x86:64 amd64",
                "x86:32 i386",
                "aarch64:64 arm64",
                "powerpc:64:el ppc64el",
                "powerpc:64:eb ppc64",
                "riscv:64:hf riscv64",
                "armv7:32:el:eabi:softfp armhf",
                "new:64 new"
            })
    void aFamilyWithItsBitsIsAProcessor(String line) {
        String[] words = line.split(" ", -1);
        assertThat(Platform.commonArch(words[0])).isEqualTo(words[1]);
    }

    @Test
    void thisMachineIsNamedInCommonWords() {
        Platform here = Platform.here();
        assertThat(Platform.commonArch(here.arch())).isEqualTo(here.arch());
        assertThat(here.os()).isNotEmpty();
    }

    private static Platform linux(String arch) {
        return new Platform("linux", arch);
    }
}
