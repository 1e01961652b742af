package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No damage is overlooked in what Axiom wrote, and none ends in anything but a {@link FormatException}. */
@ExtendWith(Seeds.class)
class DamageTest {
    private static final int MUTATIONS = 50_000;
    private static final int MUTATIONS_OF_ONE = 50;

    @ParameterizedTest
    @MethodSource("dev.axiom.core.format.Codec#all")
    <T> void everyMutationIsAValueOrAFormatException(Codec<T> codec) {
        Random random = Seeds.random();
        RandomDocuments documents = new RandomDocuments(random);
        byte[] whole = {};
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % MUTATIONS_OF_ONE == 0) {
                whole = codec.write().apply(codec.random().apply(documents)).getBytes(StandardCharsets.UTF_8);
            }
            byte[] damaged = Damage.mutated(whole, random);
            boolean ofStore = codec.closed() && random.nextBoolean();
            Source source = ofStore ? Source.ofStore("x.yaml", damaged) : Source.ofUser("x.yaml", damaged);
            T value = valueOrComplaint(codec, source);
            if (value != null) {
                assertThat(codec.read()
                                .apply(Source.ofUser("y.yaml", codec.write().apply(value))))
                        .isEqualTo(value);
                assertThat(!ofStore || Arrays.equals(damaged, whole))
                        .as("damage unseen: %s", new String(damaged, StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
    }

    private static <T> @Nullable T valueOrComplaint(Codec<T> codec, Source source) {
        try {
            return codec.read().apply(source);
        } catch (FormatException e) {
            assertThat(e.code()).isEqualTo(source.isOfStore() ? ErrorCode.CORRUPT : ErrorCode.INVALID);
            assertThat(e).message().startsWith("x.yaml:" + e.line() + ":" + e.column() + ": ");
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.axiom.core.format.Codec#all")
    <T> void everyCutAndEveryFlippedBitIsSeen(Codec<T> codec) {
        if (!codec.closed()) {
            return;
        }
        byte[] whole = codec.write()
                .apply(codec.random().apply(new RandomDocuments(Seeds.random())))
                .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertCorrupt(codec, Arrays.copyOf(whole, length));
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertCorrupt(codec, flipped);
        }
    }

    private static <T> void assertCorrupt(Codec<T> codec, byte[] bytes) {
        FormatException e =
                catchThrowableOfType(FormatException.class, () -> codec.read().apply(Source.ofStore("x.yaml", bytes)));
        assertThat(e)
                .as("damage unseen: %s", new String(bytes, StandardCharsets.UTF_8))
                .isNotNull();
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
    }
}
