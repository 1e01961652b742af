package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.testing.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeds.class)
class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "24h, PT24H",
        "7d, PT168H",
        "2w, PT336H",
        "90m, PT90M",
        "1h30m, PT1H30M",
        "1d2h3m4s5ms, P1DT2H3M4.005S",
        "250ms, PT0.25S",
        "36500d, P36500D",
    })
    void readsWhatPeopleWrite(String text, Duration span) {
        assertThat(Durations.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|it is empty",
                "h|write whole numbers with units, such as 24h, 7d or 1h30m",
                "-1h|write whole numbers with units, such as 24h, 7d or 1h30m",
                "1h 30m|write whole numbers with units, such as 24h, 7d or 1h30m",
                "1.5h|a unit is missing; units are w, d, h, m, s, ms",
                "24|a unit is missing; units are w, d, h, m, s, ms",
                "1y|'y' is no unit; units are w, d, h, m, s, ms",
                "1M|'M' is no unit; units are w, d, h, m, s, ms",
                "30m1h|each unit may stand once, the larger first",
                "1h1h|each unit may stand once, the larger first",
                "36501d|the longest span is 36500d",
                "36500d1s|the longest span is 36500d",
                "99999999999999999999999d|the longest span is 36500d",
                "999999999999999w|the longest span is 36500d",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage("duration '" + text + "' is not valid: " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1d", "1d12h", "1h30m", "45s", "1s1ms", "36500d"})
    void writesTheExactForm(String text) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT51H4M, 2d 3h", "PT45.5S, 45s 500ms", "PT24H1S, 1d 1s"})
    void speaksToPeople(Duration span, String text) {
        assertThat(Durations.human(span)).isEqualTo(text);
    }

    @Test
    void readsAgainWhatItWrote() {
        Random random = Seeds.random();
        for (int i = 0; i < 10_000; i++) {
            Duration span =
                    Duration.ofMillis((random.nextLong() >>> 1) % Durations.MAX.toMillis() >>> random.nextInt(42));
            assertThat(Durations.parse(Durations.format(span))).isEqualTo(span);
        }
    }
}
