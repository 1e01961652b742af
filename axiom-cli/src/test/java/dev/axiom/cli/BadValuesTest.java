package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What breaks a rule on the command line is a usage error and does nothing, whichever word it is; what breaks one in a
 * file is an input that is not valid.
 */
class BadValuesTest {
    private final Sandbox box;

    BadValuesTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --pool tank",
                "status --pool dir:",
                "status --pool dir:~/axiom",
                "status --lock-timeout 5",
                "package add tree --name a/b",
                "package add tree --name hello --version @",
                "package add tree --version 1.0 --name hello --revision -1",
                "package add tree --revision one",
                "package add tree --jobs 0",
                "package add tree --jobs many",
                "package add tree --strip -1",
                "package add tree --strip x",
                "package add tree --max-size much",
                "package add tree --max-files 0",
                "package add tree --max-ratio 0",
                "package files a/b",
                "package show @",
                "package show hello@",
                "package send a/b",
                "package remove hello a/b",
                "package verify hello a/b",
                "package verify --all --jobs 0",
                "profile create ../x",
                "profile show ../x",
                "profile add dev a/b",
                "profile add dev hello@>>1",
                "profile remove dev a/b",
                "profile delete dev --generation one",
                "profile diff dev one",
                "profile rollback dev one",
                "profile resolve dev --prefer best",
                "profile resolve dev --timeout 30",
                "profile resolve --upgrade hello a+b",
                "profile why dev a/b",
                "env show ../x",
                "env realize desk dev --strategy move",
                "env realize desk dev --on-conflict all",
                "env rollback desk one",
                "env remove desk --generation one",
                "env run desk --generation one -- true",
                "env activate desk --shell csh",
                "gc --grace 24",
                "gc --grace soon",
                "gc --keep-generations -1",
                "gc --keep-age 30",
                "gc --max-freed much",
                "gc --daemon --every 10ms",
                "gc --dry-run --grace 24",
                "root add a/b",
                "root add hello --name a/b",
                "why @@",
            })
    void onTheCommandLineItIsAUsageError(String line) throws IOException {
        box.tree("tree");
        String[] words =
                line.replace("tree", box.folder().resolve("tree").toString()).split(" ", -1);
        CliRun run = box.axiom((Object[]) words);
        assertThat(run.code()).as("%s", run).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("axiom: ");
        assertThat(box.pool()).as("nothing was done").doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    profile resolve dev --prefer best         | --prefer: preference 'best' is not known: it must be newest, oldest or locked
                    env realize desk dev --strategy move      | --strategy: strategy 'move' is not known: it must be link or copy
                    env realize desk dev --on-conflict all    | --on-conflict: conflict policy 'all' is not known: it must be error, first or last
                    completion ksh                            | shell 'ksh' is not known: it must be bash, zsh or fish
                    """)
    void whatCouldStandThereIsSaid(String line, String message) {
        Object[] words = line.split(" ", -1);
        assertThat(box.refusal(2, words)).startsWith("axiom: " + message + "\n");
    }

    @Test
    void textsOnTheCommandLineAreNoExceptionNorAreVariables() {
        assertThat(box.refusal(2, "profile", "create", "dev", "--description", "a\u0007b"))
                .contains("description");
        assertThat(box.refusal(2, "root", "add", "hello", "--reason", "two\nlines"))
                .contains("the reason");
        assertThat(box.pool()).doesNotExist();
        CliRun run = CliRun.in(Map.of("HOME", "/", "AXIOM_POOL", "tank"), "status");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("axiom: AXIOM_POOL: ");
    }

    @Test
    void aWordThatCanNameNoPinIsOneToo() {
        box.out("setup");
        assertThat(box.refusal(2, "root", "remove", "a/b")).contains("a/b");
    }

    static Stream<List<String>> contents() {
        return Stream.of(
                List.of("tree/manifest.yaml", "name: a/b\nversion: 1.0\n", "package add tree"),
                List.of("tree/manifest.yaml", "name: hello\nversion: '@'\n", "package add tree"),
                List.of("tree/deps.yaml", "dependencies: [a/b]\n", "package add tree --name hello --version 1.0"),
                List.of("tree.tar", "no archive", "package add tree.tar --name hello --version 1.0"),
                List.of("config.yaml", "gc: {grace: 24}\n", "gc --config config.yaml"),
                List.of("config.yaml", "lock-timeout: soon\n", "status --config config.yaml"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void inAFileItIsAnInputThatIsNotValid(List<String> one) throws IOException {
        box.out("setup");
        box.tree("tree");
        Path file = box.folder().resolve(one.get(0));
        Files.writeString(file, one.get(1));
        String top = one.get(0).split("/", -1)[0];
        String[] words =
                one.get(2).replace(top, box.folder().resolve(top).toString()).split(" ", -1);
        assertThat(box.refusal(5, (Object[]) words)).startsWith("axiom: ");
    }
}
