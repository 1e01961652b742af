package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in docs/FORMATS.md are what Axiom itself would write, to the last byte. */
class FormatsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "FORMATS.md");
    private static final Pattern EXAMPLE = Pattern.compile("\n## ([^\n]*)\n\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, String> HEADING_WORDS = Map.of(
            "manifest", "manifest.yaml",
            "deps", "deps.yaml",
            "provenance", "provenance.yaml",
            "profile", "`profile.yaml",
            "lock", "lock.yaml",
            "env", "env.yaml",
            "pin", "pin.yaml",
            "label", "label of a stream",
            "time", "collection-time.yaml",
            "config", "config.yaml");

    @ParameterizedTest
    @MethodSource("dev.axiom.core.format.Codec#all")
    <T> void exampleIsCanonical(Codec<T> codec) throws IOException {
        String example = example(Objects.requireNonNull(HEADING_WORDS.get(codec.name())));
        T value = codec.read().apply(Source.ofUser("docs/FORMATS.md", example));
        String canonical = codec.write().apply(value);
        if (codec.closed() && !example.contains("# end ")) {
            canonical = canonical.substring(0, canonical.lastIndexOf("# end "));
        }
        assertThat(example).isEqualTo(canonical);
    }

    private static String example(String heading) throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .filter(found -> found.group(1).contains(heading))
                .map(found -> found.group(2))
                .collect(Collectors.joining());
    }

    @Test
    void everyDocumentHasOneExample() throws IOException {
        assertThat(EXAMPLE.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
                .hasSize(HEADING_WORDS.size());
    }
}
