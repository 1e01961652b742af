package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Seeds;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeds.class)
class YamlWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash",
                "5.2.15",
                "~1.2",
                "^1.2",
                "=1.2.3",
                "1.2 || ^3",
                "GNU's shell",
                "a, b",
                "a:b",
                "a#b",
                "x@y.org",
                "https://x.org/y",
                "dir:/srv/axiom",
                "0a1b2c3d4e5f6071",
                "1.2.3-rc.1+b5",
                "truely",
                "nothing",
                "ünïcödé",
                "日本語",
                "🐚",
            })
    void leavesAloneWhatIsClear(String text) {
        assertThat(YamlWriter.quoted(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.10",
                "1",
                "-1",
                "+1",
                "1e5",
                "1.",
                ".5",
                "0x1f",
                "0o17",
                "0b1",
                "1_000",
                "1,000",
                "12:30:45",
                "1:2.0",
                "2024-01-02",
                "2024-01-02T03:04:05Z",
                ".inf",
                "-.INF",
                ".nan",
                "null",
                "NULL",
                "~",
                "true",
                "False",
                "yes",
                "NO",
                "on",
                "Off",
                "y",
                "N",
                "=",
                "<<",
                "*",
                "*a",
                "&a",
                "!a",
                ">=8.0,<9",
                "|",
                "-",
                "- a",
                "?",
                ": a",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "[a]",
                "{a}",
                "'a'",
                "@a",
                "`a",
                "%a",
                " a",
                "a ",
                "---",
                "...",
                "1234567890123456"
            })
    void putsInQuotesWhatCouldBeSomethingElse(String text) {
        assertThat(YamlWriter.quoted(text)).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a\tb|\"a\\tb\"",
                "\"a\"|\"\\\"a\\\"\"",
                "\u2028a|\"\\u2028a\"",
                "\uFEFFa|\"\\ufeffa\"",
                "x\u0085|\"x\\u0085\"",
                "👩‍👧|\"👩\\u200d👧\"",
                "\uDB40\uDC01|\"\\U000e0001\""
            })
    void escapesWhatCannotBeSeen(String text, String quoted) {
        assertThat(YamlWriter.quoted(text)).isEqualTo(quoted);
    }

    @Test
    void linesAreJoined() {
        assertThat(YamlWriter.quoted("a\nb\n")).isEqualTo("\"a\\nb\\n\"");
    }

    @Test
    void backslashesAreOnlySpecialInQuotes() {
        assertThat(YamlWriter.quoted("a\\b")).isEqualTo("a\\b");
        assertThat(YamlWriter.quoted("a\\b: c")).isEqualTo("\"a\\\\b: c\"");
    }

    @Test
    void everyTextComesBack() {
        RandomDocuments documents = new RandomDocuments(Seeds.random());
        for (int i = 0; i < 5_000; i++) {
            String text = documents.line() + (i % 3 == 0 ? "\n" : "") + documents.line();
            String yaml = new YamlWriter().text("a", text).open();
            Node.Entries read = (Node.Entries) YamlReader.read(Source.ofUser("x", yaml), yaml);
            Node.Text value =
                    (Node.Text) Objects.requireNonNull(read.entries().get("a")).value();
            assertThat(value.value()).as(yaml).isEqualTo(text);
        }
    }

    @Test
    void writesGroupsAndLists() {
        String yaml = new YamlWriter()
                .text("a", "b")
                .groups("c", List.of(1, 2), (group, n) -> group.number("n", n).flag("odd", n == 1))
                .group("g", group -> group.texts("t", List.of("x", "1")).texts("none", List.of()))
                .groups("nothing", List.of(), (group, n) -> {})
                .open();
        assertThat(yaml)
                .isEqualTo(
                        """
                        a: b
                        c:
                          - n: 1
                            odd: true
                          - n: 2
                            odd: false
                        g:
                          t:
                            - x
                            - "1"
                          none: []
                        nothing: []
                        """);
    }

    @Test
    void refusesToWriteWhatCouldNotBeReadAgain() {
        YamlWriter large = new YamlWriter().text("a", "x".repeat(Source.USER_LIMIT));
        assertThatThrownBy(large::open)
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage("the document would be too large: it may have 1 MiB and 400000 values");
        YamlWriter many = new YamlWriter().texts("a", Collections.nCopies(YamlReader.MAX_NODES, "x"));
        assertThatThrownBy(many::closed).hasMessageContaining("16 MiB and 400000 values");
    }
}
