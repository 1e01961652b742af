package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.CommandTree;
import dev.axiom.cli.Session;
import dev.axiom.cli.page.Completion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom completion SHELL}. */
@Command(
        footer = {
            "%nExamples:",
            "  bash, zsh:  eval \"$$(axiom completion bash)\"   in ~/.bashrc or ~/.zshrc",
            "  fish:       axiom completion fish > ~/.config/fish/completions/axiom.fish"
        })
public final class CompletionCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Completion shell = Completion.BASH;

    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        session.output().text(shell.script(CommandTree.whole()));
        return 0;
    }
}
