package dev.axiom.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the code in real shells; those that this machine lacks are passed over. */
final class ActivationTest {
    private static final List<String> VARIABLES =
            List.of("PATH", "MANPATH", "XDG_DATA_DIRS", "PKG_CONFIG_PATH", "ACLOCAL_PATH", "AXIOM_ENV", "PS1");

    private Path folder;
    private Path one;
    private Path two;

    @BeforeEach
    void environments(@TempDir Path temporary) throws IOException {
        folder = Files.createDirectory(temporary.resolve("it's a \"pool\" $HOME `x` \\n"));
        one = environment("one", "share/man", "share/aclocal", "lib/pkgconfig", "share/pkgconfig");
        two = environment("two");
    }

    private Path environment(String name, String... folders) throws IOException {
        Path content = Files.createDirectories(folder.resolve(name));
        for (String each : folders) {
            Files.createDirectories(content.resolve(each));
        }
        Path tool = Files.createDirectories(content.resolve("bin")).resolve("tool");
        Files.writeString(tool, "#!/bin/sh\necho \"tool of " + name + "\"\n");
        Files.setAttribute(tool, "unix:mode", 0755);
        return content;
    }

    private static String activate(String shell, String name, Path content) {
        return Activation.activate(Shell.named(shell), new EnvName(name), content) + "\n";
    }

    private static String deactivate(String shell) {
        return Activation.deactivate(Shell.named(shell)) + "\n";
    }

    /** Runs a script in a shell with only these variables. */
    private String run(String shell, String script, Map<String, String> variables) {
        Path program = Path.of("/usr/bin", shell);
        assumeTrue(Files.isExecutable(program), shell + " is not installed");
        ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true);
        if (shell.equals("bash")) {
            builder.command().addAll(List.of("--norc", "--noprofile"));
        } else if (shell.equals("zsh")) {
            builder.command().add("-f");
        } else if (shell.equals("fish")) {
            builder.command().add("--no-config");
        }
        try {
            Path file = Files.writeString(folder.resolve("script"), script);
            builder.command().add(file.toString());
            builder.environment().clear();
            builder.environment().putAll(variables);
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String show(String shell) {
        StringBuilder script = new StringBuilder();
        for (String name : VARIABLES) {
            script.append(
                    shell.equals("fish")
                            ? "if set -q NAME; echo NAME \"<$NAME>\"; else; echo NAME unset; end\n"
                                    .replace("NAME", name)
                            : "if [ -n \"${NAME+x}\" ]; then printf 'NAME <%s>\\n' \"$NAME\"; else echo NAME unset; fi\n"
                                    .replace("NAME", name));
        }
        return script.toString();
    }

    /** No trace of an activation, in exported variables or others. */
    private static String traces(String shell) {
        return shell.equals("fish") ? "set -n | string match '_AXIOM*'; true\n" : "set | grep '^_AXIOM' || :\n";
    }

    private static final Map<String, String> SOME_SET =
            Map.of("PATH", "/usr/bin:/bin", "MANPATH", "", "XDG_DATA_DIRS", "/x:/y");

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh", "fish"})
    void putsTheEnvironmentInFront(String shell) {
        String output = run(shell, activate(shell, "one", one) + show(shell) + "tool\n", SOME_SET);
        assertThat(output)
                .contains("PATH <" + one + "/bin:/usr/bin:/bin>\n")
                .contains("MANPATH <" + one + "/share/man:>\n")
                .contains("XDG_DATA_DIRS <" + one + "/share:/x:/y>\n")
                .contains("PKG_CONFIG_PATH <" + one + "/lib/pkgconfig:" + one + "/share/pkgconfig>\n")
                .contains("ACLOCAL_PATH <" + one + "/share/aclocal>\n")
                .contains("AXIOM_ENV <one>\n")
                .contains("tool of one\n");
    }

    @Test
    void findsTheFoldersThatDistributionsUse() throws IOException {
        Path debian = environment("debian", "usr/bin", "usr/share/man");
        assertThat(Activation.fronts(debian).values())
                .containsExactly(
                        debian + "/bin:" + debian + "/usr/bin", debian + "/usr/share/man", debian + "/usr/share");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh", "fish"})
    void keepsTheDefaultsOfWhatWasUnset(String shell) {
        String output = run(shell, activate(shell, "one", one) + show(shell), Map.of("PATH", "/usr/bin:/bin"));
        assertThat(output)
                .contains("MANPATH <" + one + "/share/man:>\n")
                .contains("XDG_DATA_DIRS <" + one + "/share:/usr/local/share:/usr/share>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh", "fish"})
    void restoresExactlyWhatWasThere(String shell) {
        String before = run(shell, show(shell), SOME_SET);
        assertThat(before).contains("MANPATH <>").contains("ACLOCAL_PATH unset");
        String script = activate(shell, "one", one) + "deactivate\n" + show(shell) + traces(shell);
        assertThat(run(shell, script, SOME_SET)).isEqualTo(before);
        String byCode = activate(shell, "one", one) + deactivate(shell) + show(shell) + traces(shell);
        assertThat(run(shell, byCode, SOME_SET)).isEqualTo(before);
        assertThat(run(shell, deactivate(shell) + show(shell), SOME_SET)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh", "fish"})
    void leavesOneEnvironmentBeforeItEntersAnother(String shell) {
        String before = run(shell, show(shell), SOME_SET);
        String script = activate(shell, "one", one) + activate(shell, "two", two) + show(shell) + "tool\n";
        assertThat(run(shell, script, SOME_SET))
                .contains("PATH <" + two + "/bin:/usr/bin:/bin>\n")
                .contains("MANPATH <>\n")
                .contains("ACLOCAL_PATH unset\n")
                .contains("AXIOM_ENV <two>\n")
                .contains("tool of two\n");
        String out = activate(shell, "one", one) + activate(shell, "two", two) + "deactivate\n" + show(shell);
        assertThat(run(shell, out, SOME_SET)).isEqualTo(before);
        String twice = activate(shell, "one", one) + activate(shell, "one", one) + "deactivate\n" + show(shell);
        assertThat(run(shell, twice, SOME_SET)).isEqualTo(before);
    }

    /** The state is exported: the inner shell knows what the outer one had. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh"})
    void canBeLeftInAShellInsideTheShell(String shell) throws IOException {
        String before = run(shell, show(shell), SOME_SET);
        Path inner = Files.writeString(folder.resolve("inner"), deactivate(shell) + show(shell));
        String script = activate(shell, "one", one) + shell + " " + PosixActivation.quote(inner.toString()) + "\n";
        assertThat(run(shell, script, SOME_SET)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh"})
    void worksInStrictScripts(String shell) {
        String script = "set -eu\n" + activate(shell, "one", one) + "tool\ndeactivate\n" + deactivate(shell)
                + activate(shell, "two", two) + "tool\ndeactivate\necho done\n";
        assertThat(run(shell, script, Map.of("PATH", "/usr/bin:/bin"))).isEqualTo("tool of one\ntool of two\ndone\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh"})
    void showsTheEnvironmentInThePrompt(String shell) {
        String show = "printf '<%s>\\n' \"$PS1\"\n";
        String script = "PS1='$ '\n" + activate(shell, "one", one) + show + activate(shell, "two", two) + show
                + "deactivate\n" + show;
        assertThat(run(shell, script, SOME_SET)).isEqualTo("<(one) $ >\n<(two) $ >\n<$ >\n");
        assertThat(run(shell, "AXIOM_NO_PROMPT=1; PS1='$ '\n" + activate(shell, "one", one) + show, SOME_SET))
                .isEqualTo("<$ >\n");
    }

    private static String foreign(String shell) {
        return shell.equals("fish") ? "function deactivate; echo theirs; end\n" : "deactivate() {\necho theirs\n}\n";
    }

    /** Python's venv has a function of this name. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "zsh", "fish"})
    void leavesAFunctionOfAnotherAlone(String shell) {
        String before = run(shell, show(shell), SOME_SET);
        String strict = shell.equals("fish") ? "" : "set -e\n";
        String script = strict + foreign(shell) + activate(shell, "one", one) + "deactivate\ntool\n"
                + activate(shell, "two", two) + "deactivate\ntool\n" + deactivate(shell) + "deactivate\n" + show(shell)
                + traces(shell);
        assertThat(run(shell, script, SOME_SET))
                .isEqualTo("theirs\ntool of one\ntheirs\ntool of two\ntheirs\n" + before);
    }

    /** dash cannot show what a function does. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void leavesAFunctionThatTookThePlaceOfOursAlone(String shell) {
        String script = activate(shell, "one", one) + foreign(shell) + deactivate(shell) + "deactivate\n";
        assertThat(run(shell, script, SOME_SET)).isEqualTo("theirs\n");
    }

    /** As in {@code eval (axiom env activate one)}, which joins the lines. */
    @Test
    void canBeEvaluatedByFishInOneLine() {
        String joined = activate("fish", "one", one).replace('\n', ' ') + "\ntool\n";
        assertThat(run("fish", joined, SOME_SET)).isEqualTo("tool of one\n");
    }

    @Test
    void refusesAPathThatCannotBeNamedInPath() {
        assertThatThrownBy(() -> activate("sh", "one", Path.of("/a:b/current")))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("colon");
    }

    @Test
    void knowsShellsByName() {
        assertThat(Shell.named("zsh")).isEqualTo(Shell.POSIX);
        assertThat(Shell.named("fish")).isEqualTo(Shell.FISH);
        assertThatThrownBy(() -> Shell.named("cmd")).isInstanceOf(AxiomException.class);
    }
}
