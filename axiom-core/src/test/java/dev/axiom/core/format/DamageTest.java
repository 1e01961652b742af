package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final int MUTATIONS = 10_000;
    private static final int MUTATIONS_OF_ONE = 50;
    private static final int ROUND_TRIP_EACH = 7;

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
            if (value != null && ofStore && !Arrays.equals(damaged, whole)) {
                throw unseen(damaged);
            }
            if (value != null && i % ROUND_TRIP_EACH == 0) {
                assertThat(codec.read()
                                .apply(Source.ofUser("y.yaml", codec.write().apply(value))))
                        .isEqualTo(value);
            }
        }
    }

    private static <T> @Nullable T valueOrComplaint(Codec<T> codec, Source source) {
        try {
            return codec.read().apply(source);
        } catch (FormatException e) {
            // Without AssertJ, which takes longer than the reading.
            boolean right = e.code() == (source.isOfStore() ? ErrorCode.CORRUPT : ErrorCode.INVALID)
                    && e.line() > 0
                    && e.column() > 0
                    && String.valueOf(e.getMessage()).startsWith("x.yaml:" + e.line() + ":" + e.column() + ": ");
            if (!right) {
                throw new AssertionError("wrong complaint", e);
            }
            return null;
        }
    }

    private static AssertionError unseen(byte[] bytes) {
        return new AssertionError("damage unseen: " + new String(bytes, StandardCharsets.UTF_8));
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
        if (valueOrComplaint(codec, Source.ofStore("x.yaml", bytes)) != null) {
            throw unseen(bytes);
        }
    }
}
