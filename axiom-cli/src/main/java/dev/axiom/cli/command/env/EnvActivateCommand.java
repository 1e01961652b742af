package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.env.Activation;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Shell;
import dev.axiom.core.model.EnvName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code axiom env activate}. */
@Command(
        footer = {
            "%nExamples:",
            "  bash, zsh:  eval \"$$(axiom env activate dev)\"",
            "  fish:       axiom env activate dev | source"
        })
public final class EnvActivateCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Mixin
    private final ShellOption shell = new ShellOption();

    public EnvActivateCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Shell family = shell.chosen(session.environment().variables());
        try (OpenStore store = OpenStore.forReading(session, "env activate " + env)) {
            EnvSummary summary = store.environments().show(env);
            ShellCode.print(session.output(), family, Activation.activate(family, env, summary.path()));
        }
        return 0;
    }
}
