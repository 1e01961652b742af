package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.Session;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code axiom help [COMMAND...]}. */
@Command
public final class HelpCommand implements Action {
    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The words of the command, such as: package add.")
    private List<String> words = List.of();

    public HelpCommand(Session session) {
        this.session = session;
        this.spec = CommandSpec.create();
    }

    @Override
    public int run() {
        CommandLine line = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = line.getSubcommands().get(word);
            if (next == null) {
                throw new UnmatchedArgumentException(line, List.of(word));
            }
            line = next;
        }
        return explaining(session, line).run();
    }

    /** Prints a command's own help. */
    public static Action explaining(Session session, CommandLine line) {
        return () -> {
            session.output().text(line.getUsageMessage());
            return 0;
        };
    }
}
