package dev.axiom.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.cli.CommandTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PagesTest {
    private static final Map<Completion, String> SHELLS =
            Map.of(Completion.BASH, "bash", Completion.ZSH, "zsh", Completion.FISH, "fish");

    private final Path folder;

    PagesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyInstalledShellCanReadItsScript() throws Exception {
        for (Completion shell : Completion.values()) {
            Path script = Files.writeString(folder.resolve(shell.fileName()), shell.script(CommandTree.whole()));
            String program = String.valueOf(SHELLS.get(shell));
            if (installed(program)) {
                assertThat(outputOf(program, "-n", script.toString()))
                        .as(program)
                        .isEmpty();
            }
        }
    }

    @Test
    void bashCompletesACommand() throws Exception {
        Path script = Files.writeString(folder.resolve("axiom.bash"), Completion.BASH.script(CommandTree.whole()));
        String asked = "compopt() { :; }; . " + script
                + "; COMP_WORDS=(axiom ver); COMP_CWORD=1; COMP_LINE='axiom ver'; COMP_POINT=9;"
                + " _complete_axiom; echo ${COMPREPLY[@]}";
        assertThat(outputOf("bash", "-c", asked)).endsWith("version\n");
    }

    @Test
    void theScriptOfBashAndZshToleratesUnsetVariables() throws Exception {
        Path script = Files.writeString(folder.resolve("axiom.bash"), Completion.ZSH.script(CommandTree.whole()));
        assertThat(outputOf("sh", "-c", "exec env -i bash -uc '. " + script + "; echo fine'"))
                .isEqualTo("fine\n");
        if (installed("zsh")) { // Axiom needs none; the other shell reads the same script
            assertThat(outputOf("zsh", "-fc", "setopt nounset; . " + script + "; echo fine"))
                    .endsWith("fine\n");
        }
    }

    @Test
    void everyCommandHasAPageWithASentence() {
        for (CommandLine line : allBelow(CommandTree.whole())) {
            String page = ManPage.roff(line, "1.0");
            assertThat(page)
                    .startsWith(".TH \"")
                    .contains("\n.SH NAME\n"
                            + ManPage.fileName(line).replace(".1", "").replace("-", "\\-") + " \\- ")
                    .contains(".SH EXIT STATUS")
                    .doesNotContain("${", "%n");
        }
    }

    @Test
    void mandocFindsNothingWrong() throws Exception {
        if (!installed("mandoc")) {
            return;
        }
        for (CommandLine line : allBelow(CommandTree.whole())) {
            Path page = Files.writeString(folder.resolve(ManPage.fileName(line)), ManPage.roff(line, "1.0"));
            // A page without a date is fine: the same sources shall give the same page.
            assertThat(outputOf("mandoc", "-T", "lint", "-W", "warning", page.toString())
                            .lines()
                            .filter(problem -> !problem.contains("date")))
                    .isEmpty();
        }
    }

    private static List<CommandLine> allBelow(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(child -> all.addAll(allBelow(child)));
        return all;
    }

    private static boolean installed(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }

    private static String outputOf(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
