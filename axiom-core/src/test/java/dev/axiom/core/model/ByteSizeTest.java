package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeds.class)
class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "7B, 7",
        "10G, 10737418240",
        "10g, 10737418240",
        "512MiB, 536870912",
        "1.5 GB, 1500000000",
        "1.5K, 1536",
        "0.0001K, 0",
        "3kB, 3000",
        "2T, 2199023255552",
        "1TB, 1000000000000",
        "1PiB, 1125899906842624",
        "1PB, 1000000000000000",
        "9223372036854775807, 9223372036854775807",
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "G", "-1", "+1", "1e9", "1,5G", "1.G", ".5G", "1  G", " 1G", "1G ", "٣G", "1G\n"})
    void refusesWhatIsNoNumber(String text) {
        assertInvalid(
                text, "size '" + text + "' is not valid: write a number and a unit, such as 10G, 512MiB or 1.5GB");
    }

    @Test
    void namesAnUnknownUnit() {
        assertInvalid(
                "10GX", "size '10GX' is not valid: 'GX' is no unit; units are B, K, M, G, T, P, KiB … PiB, KB … PB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "8192P", "9999999999999999999P"})
    void refusesWhatDoesNotFit(String text) {
        assertInvalid(text, "size '" + text + "' is not valid: it must be below 8192 PiB");
    }

    @Test
    void refusesANegativeNumber() {
        assertThatThrownBy(() -> new ByteSize(-1))
                .isInstanceOf(AxiomException.class)
                .hasMessage("size -1 is negative");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1.0 MiB",
        "73400320, 70.0 MiB",
        "9223372036854775807, 8192.0 PiB",
    })
    void speaksToPeople(long bytes, String text) {
        assertThat(new ByteSize(bytes).human()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "1024, 1KiB", "10737418240, 10GiB", "1152921504606846976, 1024PiB"})
    void writesTheShortestExactForm(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void readsAgainWhatItWrote() {
        Random random = Seeds.random();
        for (int i = 0; i < 10_000; i++) {
            ByteSize size = new ByteSize(random.nextLong() >>> (1 + random.nextInt(63)));
            assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
        }
    }

    private static void assertInvalid(String text, String message) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage(message);
    }
}
