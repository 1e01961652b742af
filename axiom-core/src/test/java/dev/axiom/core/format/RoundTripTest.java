package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(Seeds.class)
class RoundTripTest {
    private static final int ROUNDS = 500;

    @ParameterizedTest
    @MethodSource("dev.axiom.core.format.Codec#all")
    <T> void readsWhatItWroteAndWritesTheSameBytes(Codec<T> codec) {
        RandomDocuments documents = new RandomDocuments(Seeds.random());
        for (int i = 0; i < ROUNDS; i++) {
            T value = codec.random().apply(documents);
            String text = codec.write().apply(value);
            T again = codec.read().apply(Source.ofStore("x.yaml", text.getBytes(StandardCharsets.UTF_8)));
            assertThat(again).as(text).isEqualTo(value).hasToString(value.toString());
            assertThat(codec.write().apply(again)).isEqualTo(text);
            assertThat(codec.read().apply(Source.ofUser("x.yaml", text))).isEqualTo(value);
        }
    }
}
