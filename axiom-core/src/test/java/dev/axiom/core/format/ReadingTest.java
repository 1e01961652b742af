package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Provenance;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Settings;
import dev.axiom.core.model.Settings.Gc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people may write in more than one way. */
class ReadingTest {
    @Test
    void aVersionIsNeverANumber() {
        Manifest manifest = ManifestCodec.read(Source.ofUser("m", "name: no\nversion: 1.10\nlicense: null\n"));
        assertThat(manifest.name().value()).isEqualTo("no");
        assertThat(manifest.version()).hasToString("1.10");
        assertThat(manifest.revision()).isEqualTo(1);
        assertThat(manifest.about().license()).isEqualTo("null");
    }

    @Test
    void theConstraintsWordIsAcceptedIfItAgrees() {
        String text =
                """
                dependencies:
                  - {name: a, version: 1.10, constraint: exact}
                  - {name: b, version: ~1.2, constraint: tilde}
                  - {name: c, version: ^1.2, constraint: caret}
                  - {name: d, version: '>=8.0,<9', constraint: range}
                  - {name: e, version: ^1 || ^2, constraint: range}
                  - {name: f, version: "*", constraint: any}
                  - {name: g, constraint: any}
                  - name: h
                  - i@^2
                  - j
                """;
        assertThat(DependenciesCodec.read(Source.ofUser("d", text)))
                .isEqualTo(new Dependencies(
                        List.of("a@1.10", "b@~1.2", "c@^1.2", "d@>=8.0,<9", "e@^1 || ^2", "f", "g", "h", "i@^2", "j")
                                .stream()
                                .map(Requirement::parse)
                                .toList()));
    }

    @Test
    void yamlsOtherStylesAreFine() {
        String text =
                """
                # a comment
                ---
                name: 'x'
                version:
                  "1.0"
                description: |
                  two
                  lines
                tags: [a,
                  b]
                ...
                """;
        Manifest manifest = ManifestCodec.read(Source.ofUser("m", text));
        assertThat(manifest.about().description()).isEqualTo("two\nlines\n");
        assertThat(manifest.about().tags()).containsExactly("a", "b");
    }

    @Test
    void settingsMayBeEmptyOrFull() {
        assertThat(SettingsCodec.read(Source.ofUser("c", ""))).isEqualTo(Settings.NONE);
        assertThat(SettingsCodec.read(Source.ofUser("c", "# nothing yet\n"))).isEqualTo(Settings.NONE);
        assertThat(SettingsCodec.read(Source.ofUser("c", "{}"))).isEqualTo(Settings.NONE);
        assertThat(ProvenanceCodec.read(Source.ofUser("c", ""))).isEqualTo(Provenance.UNKNOWN);
        String text =
                """
                pool: dir:/srv/axiom
                jobs: 4
                lock-timeout: 1m30s
                gc: {grace: 0, keep-generations: 5, keep-age: 30d, max-freed: 1.5 GB, lock-file: /run/x.lock, every: 1h}
                """;
        assertThat(SettingsCodec.read(Source.ofUser("c", text)))
                .isEqualTo(new Settings(
                        "dir:/srv/axiom",
                        4,
                        Duration.ofSeconds(90),
                        new Gc(
                                Duration.ZERO,
                                5,
                                Duration.ofDays(30),
                                new ByteSize(1_500_000_000),
                                "/run/x.lock",
                                Duration.ofHours(1))));
    }
}
