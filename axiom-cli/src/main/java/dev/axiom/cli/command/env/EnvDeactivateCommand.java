package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.Session;
import dev.axiom.core.env.Activation;
import dev.axiom.core.env.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code axiom env deactivate}. */
@Command(
        footer = {
            "%nExamples:",
            "  bash, zsh:  eval \"$$(axiom env deactivate)\"",
            "  fish:       axiom env deactivate | source"
        })
public final class EnvDeactivateCommand implements Action {
    private final Session session;

    @Mixin
    private final ShellOption shell = new ShellOption();

    public EnvDeactivateCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Shell family = shell.chosen(session.environment().variables());
        ShellCode.print(session.output(), family, Activation.deactivate(family));
        return 0;
    }
}
