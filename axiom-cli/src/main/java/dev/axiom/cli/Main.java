package dev.axiom.cli;

import dev.axiom.cli.command.HelpCommand;
import dev.axiom.cli.command.VersionCommand;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.os.OpenDescriptors;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: one command line in, an exit code out. */
public final class Main {
    private Main() {}

    /** The process's entry; ends the process with the run's exit code. */
    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        if (arguments.contains("run")) { // for env run, which hands them on
            noteInherited();
        }
        SignalGuard guard = SignalGuard.install();
        int code = run(arguments, Environment.ofProcess(), guard::stopping);
        guard.finished();
        System.exit(code);
    }

    private static void noteInherited() {
        try {
            OpenDescriptors.noteInherited();
        } catch (IOException unknown) {
            // a socket too many stays open then
        }
    }

    /**
     * Runs one command line in this thread.
     *
     * @return the exit code, as {@link ErrorCode} lists them; 0 for success, and any for {@code env run}
     */
    public static int run(List<String> arguments, Environment environment) {
        return run(arguments, environment, () -> false);
    }

    private static int run(List<String> arguments, Environment environment, BooleanSupplier stopping) {
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(environment, options, new Output(environment, options));
        try {
            int code = action(session, arguments).run();
            session.output().flush();
            return code;
        } catch (LostOutputException lost) {
            return lost.readerLeft() ? 0 : complain(session, lost);
        } catch (ParameterException usage) {
            // The parser stopped early, so it may not have come to this option.
            options.json |= beforeDashes(arguments).contains("--json");
            return complain(session, usage);
        } catch (RuntimeException | Error failure) {
            return stopping.getAsBoolean() ? interrupted(session, failure) : complain(session, failure);
        }
    }

    private static Action action(Session session, List<String> arguments) {
        CommandLine line = CommandTree.forArguments(session, beforeDashes(arguments));
        ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine chosen = parsed.commandSpec().commandLine();
        if (session.options().help) {
            return HelpCommand.explaining(session, chosen);
        }
        if (session.options().version) {
            return new VersionCommand(session);
        }
        if (chosen.getCommandSpec().userObject() instanceof Action action) {
            return action;
        }
        throw new ParameterException(
                chosen, "which command of '" + chosen.getCommandSpec().qualifiedName() + "'?");
    }

    /** The words that are Axiom's own, not those of a command that it is to run. */
    private static List<String> beforeDashes(List<String> arguments) {
        int dashes = arguments.indexOf("--");
        return dashes < 0 ? arguments : arguments.subList(0, dashes);
    }

    /** Whatever it failed with, the signal is the reason. */
    private static int interrupted(Session session, Throwable failure) {
        return session.output().complain(Interruption.failure(failure));
    }

    private static int complain(Session session, Throwable failure) {
        Output output = session.output();
        output.settle(failure);
        if (!(failure instanceof LostOutputException)) {
            flushWhatWasFound(output);
        }
        return output.complain(failure);
    }

    /** A command that fails may have said something before; a second failure must not hide the first. */
    private static void flushWhatWasFound(Output output) {
        try {
            output.flush();
        } catch (LostOutputException lost) {
            output.trouble(String.valueOf(lost.getMessage()));
        }
    }
}
