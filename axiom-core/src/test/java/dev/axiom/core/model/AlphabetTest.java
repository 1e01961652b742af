package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlphabetTest {
    private static final Alphabet NAME = Alphabet.ALPHANUMERIC.with("._-");

    @Test
    void aNameStartsWithALetterOrDigitAndHasNothingElse() {
        assertThat(NAME.names("a", 3)).isTrue();
        assertThat(NAME.names("9.-", 3)).isTrue();
        assertThat(NAME.names("", 3)).isFalse();
        assertThat(NAME.names(".a", 3)).isFalse();
        assertThat(NAME.names("a b", 3)).isFalse();
        assertThat(NAME.names("ab\n", 3)).isFalse();
        assertThat(NAME.names("abcd", 3)).isFalse();
    }

    @Test
    void nothingBeyondAsciiIsIn() {
        assertThat(NAME.names("ä", 3)).isFalse();
        assertThat(Alphabet.DIGITS.spells("٣")).isFalse(); // a digit to Unicode
        assertThat(Alphabet.LETTERS.has((char) ('a' + 128))).isFalse();
    }

    @Test
    void aRunEndsWhereAnotherCharacterStands() {
        assertThat(Alphabet.DIGITS.end("12a", 0)).isEqualTo(2);
        assertThat(Alphabet.DIGITS.end("12a", 2)).isEqualTo(2);
        assertThat(Alphabet.DIGITS.end("12", 0)).isEqualTo(2);
        assertThat(Alphabet.HEX.spells("0af")).isTrue();
        assertThat(Alphabet.HEX.spells("0aF")).isFalse();
    }
}
