package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way and the long way through a document end at the same tree. */
@ExtendWith(Seeds.class)
class CanonicalReaderTest {
    private static final int MUTATIONS = 10_000;
    private static final int MUTATIONS_OF_ONE = 20;

    @ParameterizedTest
    @MethodSource("dev.axiom.core.format.Codec#all")
    <T> void agreesWithTheYamlReaderWhereItDoesNotGiveUp(Codec<T> codec) {
        Random random = Seeds.random();
        RandomDocuments documents = new RandomDocuments(random);
        byte[] whole = {};
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % MUTATIONS_OF_ONE == 0) {
                whole = codec.write().apply(codec.random().apply(documents)).getBytes(StandardCharsets.UTF_8);
            }
            accepted += agrees(i % 4 == 0 ? whole : Damage.mutated(whole, random)) ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(MUTATIONS / 20);
    }

    private static boolean agrees(byte[] bytes) {
        Source source = Source.ofStore("x.yaml", bytes);
        String text;
        try {
            text = SourceText.of(source);
        } catch (FormatException e) {
            return false;
        }
        Node tree = CanonicalReader.readOrGiveUp(text);
        if (tree == null) {
            return false;
        }
        assertThat(tree).as(text).isEqualTo(YamlReader.read(source, text));
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b\n",
                "a: \"1.10\"\nb_c-d: e\n",
                "a: []\n",
                "a:\n  - b\n  - c\nd: e\n",
                "a:\n  - b: c\n    d: e\n  - b: f\n",
                "a:\n  b: c\n# end\n",
                "a: \"\\\"\\\\\\n\\t\"\n",
            })
    void takesCanonicalDocuments(String text) {
        assertThat(agrees(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a: b",
                "a:\n",
                "a: \n",
                "a:  b\n",
                "a: b \n",
                "a: b\n  c\n",
                "a: b\na: c\n",
                "a:\n- b\n",
                "a:\n   - b\n",
                "a: 'b'\n",
                "a: [b]\n",
                "a: {}\n",
                "a: b # c\n",
                "a: b: c\n",
                "a: b:\n",
                "a: *b\n",
                "a: &b c\n",
                "a: !b c\n",
                "a: |\n  b\n",
                "a: \"b\n",
                "a: \"b\\\"\n",
                "a: \"\\x41\"\n",
                "a: ü\n",
                "a: b\r\n",
                "a: b\n# c\rd: e\n",
                "a: b\n# c",
                "---\na: b\n",
                "a: b\n---\n",
                "a: b\n# c\nd: e\n",
                "# c\na: b\n",
                "A: b\n",
                "a:\n  - b\n c: d\n",
                "a:\n  b:\n    c:\n      d:\n        e: f\n",
            })
    void givesUpAtAnythingElse(String text) {
        assertThat(CanonicalReader.readOrGiveUp(text)).isNull();
    }

    @Test
    void takesWhatTheWriterWritesOfAscii() {
        String text = "name: x\nversion: \"1.10\"\ntags:\n  - a\n  - b c\n";
        assertThat(CanonicalReader.readOrGiveUp(text + EndLine.of(text))).isNotNull();
    }
}
