package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is written is read again; what was changed on the way is noticed. */
@ExtendWith(Seeds.class)
class SealFileTest {
    private static final Path FILE = Path.of("store/bash/.pool/sealed");
    private static final String ALPHABET = "ab =\\\n\r\t#:é包😀\u2028";

    private static SealFile.Content random(Random random) {
        Map<String, String> properties = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            StringBuilder value = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                int at = ALPHABET.offsetByCodePoints(0, random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length())));
                value.appendCodePoint(ALPHABET.codePointAt(at));
            }
            properties.put("key" + random.nextInt(100), value.toString());
        }
        return new SealFile.Content(properties, random.nextLong());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Random random = Seeds.random();
        for (int i = 0; i < 2_000; i++) {
            SealFile.Content content = random(random);
            assertThat(SealFile.read(FILE, SealFile.write(content))).isEqualTo(content);
        }
    }

    @Test
    void theSameContentIsTheSameBytes() {
        Map<String, String> one = new HashMap<>(Map.of("b", "2", "a", "1", "c", "3"));
        assertThat(new String(SealFile.write(new SealFile.Content(one, 7)), StandardCharsets.UTF_8))
                .startsWith("axiom-seal 1\n7\na=1\nb=2\nc=3\nend ");
    }

    @Test
    void everyChangeIsNoticed() {
        Random random = Seeds.random();
        for (int i = 0; i < 5_000; i++) {
            byte[] good = SealFile.write(random(random));
            byte[] bad = mutate(good, random);
            if (!Arrays.equals(good, bad)) {
                assertCorrupt(bad);
            }
        }
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bad = good.clone();
        int at = random.nextInt(bad.length);
        switch (random.nextInt(4)) {
            case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bad[at] = (byte) random.nextInt(256);
            case 2 -> bad = Arrays.copyOf(bad, at);
            default -> {
                bad = Arrays.copyOf(bad, bad.length + 1);
                System.arraycopy(good, at, bad, at + 1, good.length - at);
            }
        }
        return bad;
    }

    @Test
    void whatNobodyWroteIsRefused() {
        assertCorrupt(new byte[0]);
        assertCorrupt(new byte[4096]);
        assertCorrupt("\n".getBytes(StandardCharsets.UTF_8));
        assertCorrupt("end 00000000\n".getBytes(StandardCharsets.UTF_8));
        assertCorrupt(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    }

    private static void assertCorrupt(byte[] bytes) {
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> SealFile.read(FILE, bytes))
                .withMessageContaining(FILE.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
}
