package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void dataGoesToStandardOutputAlone() {
        CliRun run = CliRun.of("version");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("axiom ").endsWith(")\n").doesNotContain("${");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void globalOptionsStandBeforeOrBehindTheCommand() {
        CliRun before = CliRun.of("--json", "version");
        CliRun behind = CliRun.of("version", "--json");
        assertThat(before).isEqualTo(behind);
        assertThat(before.out()).startsWith("{\"version\":\"");
    }

    @Test
    void ofAnOptionThatIsSaidTwiceTheLastCounts() {
        assertThat(CliRun.of("version", "--json", "--json")).isEqualTo(CliRun.of("version", "--json"));
        CliRun refused = CliRun.of("--pool", "dir:/none", "status", "--pool", "tank", "--pool", "dir:/nowhere/axiom");
        assertThat(refused.code()).isEqualTo(9);
        assertThat(refused.err()).contains("/nowhere/axiom").doesNotContain("tank", "WARN");
    }

    @Test
    void quietKeepsWhatWasAskedFor() {
        assertThat(CliRun.of("version", "--quiet").out()).startsWith("axiom ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vresion",
                "--jsno version",
                "version --jsno",
                "version surplus",
                "completion",
                "completion ksh",
                "help nothing",
                "--pool",
                "--version=3",
                "version --lock-timeout",
                "-x",
                ""
            })
    void whatIsNotUnderstoodDoesNothing(String line) {
        CliRun run = CliRun.of(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("axiom: ").contains("\nhint: ").endsWith("\n");
    }

    @Test
    void aMistypedWordIsAnsweredWithTheNearOne() {
        assertThat(CliRun.of("vresion").err())
                .isEqualTo(
                        """
                        axiom: unknown command 'vresion' of 'axiom'
                        hint: did you mean 'version'? see 'axiom --help'
                        """);
        assertThat(CliRun.of("version", "--jsno").err())
                .isEqualTo(
                        """
                        axiom: unknown option '--jsno' of 'axiom version'
                        hint: did you mean '--json'? see 'axiom version --help'
                        """);
    }

    @Test
    void aUsageErrorIsJsonToo() {
        // The parser fails before it comes to --json.
        CliRun run = CliRun.of("vresion", "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("{\"error\":{\"code\":\"usage\",\"message\":\"unknown command 'vresion' of 'axiom'\","
                        + "\"hint\":\"did you mean 'version'? see 'axiom --help'\"}}\n");
    }

    @Test
    void aValueThatIsNotValidIsToldWithItsOption() {
        CliRun run = CliRun.of("version", "--lock-timeout", "soon");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("axiom: --lock-timeout: duration 'soon' is not valid: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "version --help", "--help version", "help", "help version", "completion --help"})
    void helpIsPrintedAndNothingIsDone(String line) {
        CliRun run = CliRun.of(line.split(" ", -1));
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: axiom");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpForACommandIsTheCommandsOwn() {
        assertThat(CliRun.of("help", "completion").out())
                .isEqualTo(CliRun.of("completion", "--help").out())
                .contains("SHELL");
    }

    @Test
    void aReaderThatLeftIsNoFailure() {
        assertThat(runInto("Broken pipe")).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void aFullDiskUnderStandardOutputIsOne() {
        CliRun run = runInto("No space left on device");
        assertThat(run.code()).isEqualTo(9);
        assertThat(run.err()).isEqualTo("axiom: cannot write standard output: No space left on device\n");
    }

    /** Runs {@code version} with a standard output that fails for this reason. */
    private static CliRun runInto(String failure) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                throw new IOException(failure);
            }
        };
        Environment world = new Environment(
                Map.of(),
                InputStream.nullInputStream(),
                broken,
                err,
                Environment.Terminal.NONE,
                Path.of("/"),
                false,
                Clock.systemUTC());
        return new CliRun(Main.run(List.of("version"), world), "", err.toString(StandardCharsets.UTF_8));
    }
}
