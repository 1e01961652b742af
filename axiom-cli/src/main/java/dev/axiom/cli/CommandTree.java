package dev.axiom.cli;

import dev.axiom.cli.command.CompletionCommand;
import dev.axiom.cli.command.HelpCommand;
import dev.axiom.cli.command.MountCommand;
import dev.axiom.cli.command.PackageAddCommand;
import dev.axiom.cli.command.PackageFilesCommand;
import dev.axiom.cli.command.PackageListCommand;
import dev.axiom.cli.command.PackageReceiveCommand;
import dev.axiom.cli.command.PackageRemoveCommand;
import dev.axiom.cli.command.PackageSendCommand;
import dev.axiom.cli.command.PackageShowCommand;
import dev.axiom.cli.command.PackageVerifyCommand;
import dev.axiom.cli.command.SetupCommand;
import dev.axiom.cli.command.VersionCommand;
import dev.axiom.cli.command.env.EnvActivateCommand;
import dev.axiom.cli.command.env.EnvDeactivateCommand;
import dev.axiom.cli.command.env.EnvDiffCommand;
import dev.axiom.cli.command.env.EnvGenerationsCommand;
import dev.axiom.cli.command.env.EnvListCommand;
import dev.axiom.cli.command.env.EnvRealizeCommand;
import dev.axiom.cli.command.env.EnvRemoveCommand;
import dev.axiom.cli.command.env.EnvRollbackCommand;
import dev.axiom.cli.command.env.EnvRunCommand;
import dev.axiom.cli.command.env.EnvShowCommand;
import dev.axiom.cli.command.gc.GcCommand;
import dev.axiom.cli.command.gc.RootAddCommand;
import dev.axiom.cli.command.gc.RootListCommand;
import dev.axiom.cli.command.gc.RootRemoveCommand;
import dev.axiom.cli.command.gc.StatusCommand;
import dev.axiom.cli.command.gc.WhyCommand;
import dev.axiom.cli.command.profile.ProfileAddCommand;
import dev.axiom.cli.command.profile.ProfileCreateCommand;
import dev.axiom.cli.command.profile.ProfileDeleteCommand;
import dev.axiom.cli.command.profile.ProfileDiffCommand;
import dev.axiom.cli.command.profile.ProfileEditCommand;
import dev.axiom.cli.command.profile.ProfileGraphCommand;
import dev.axiom.cli.command.profile.ProfileHistoryCommand;
import dev.axiom.cli.command.profile.ProfileListCommand;
import dev.axiom.cli.command.profile.ProfileRemoveCommand;
import dev.axiom.cli.command.profile.ProfileResolveCommand;
import dev.axiom.cli.command.profile.ProfileRollbackCommand;
import dev.axiom.cli.command.profile.ProfileShowCommand;
import dev.axiom.cli.command.profile.ProfileWhyCommand;
import dev.axiom.cli.page.Completion;
import dev.axiom.core.env.ConflictPolicy;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Durations;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command there is, by noun and verb, with the sentence that help shows for it.
 *
 * <p>Reading a command's annotations is most of the parser's start-up, so that is done only for the words that are on the
 * command line; the others are there by name and sentence, which is all that help and suggestions need.
 */
public final class CommandTree {
    /** A command, or a noun with its verbs. */
    private record Entry(String name, String summary, @Nullable Function<Session, Action> command, List<Entry> verbs) {

        static Entry command(String name, String summary, Function<Session, Action> make) {
            return new Entry(name, summary, make, List.of());
        }

        static Entry noun(String name, String summary, Entry... verbs) {
            return new Entry(name, summary, null, List.of(verbs));
        }
    }

    private static final List<Entry> ENTRIES = List.of(
            Entry.command("completion", "Print a completion script for a shell.", CompletionCommand::new),
            Entry.noun(
                    "env",
                    "Make environments of profiles, and use them.",
                    Entry.command(
                            "activate", "Print shell code that puts an environment first.", EnvActivateCommand::new),
                    Entry.command("deactivate", "Print shell code that undoes that.", EnvDeactivateCommand::new),
                    Entry.command("diff", "Compare two generations.", EnvDiffCommand::new),
                    Entry.command("generations", "List the generations.", EnvGenerationsCommand::new),
                    Entry.command("list", "List the environments.", EnvListCommand::new),
                    Entry.command("realize", "Make a generation of what a profile chose.", EnvRealizeCommand::new),
                    Entry.command("remove", "Remove an environment or a generation.", EnvRemoveCommand::new),
                    Entry.command("rollback", "Make another generation the current one.", EnvRollbackCommand::new),
                    Entry.command("run", "Run a command in an environment.", EnvRunCommand::new),
                    Entry.command("show", "Show an environment with its packages.", EnvShowCommand::new)),
            Entry.command("gc", "Collect the packages that nothing uses any more.", GcCommand::new),
            Entry.command("help", "Explain a command.", HelpCommand::new),
            Entry.command("mount", "Mount what environments need, after the machine has started.", MountCommand::new),
            Entry.noun(
                    "package",
                    "Add, look at and remove packages.",
                    Entry.command("add", "Add packages from folders and archives.", PackageAddCommand::new),
                    Entry.command("files", "List the files of a package.", PackageFilesCommand::new),
                    Entry.command("list", "List the packages.", PackageListCommand::new),
                    Entry.command("receive", "Add a package that another pool sends.", PackageReceiveCommand::new),
                    Entry.command("remove", "Remove packages that nothing uses.", PackageRemoveCommand::new),
                    Entry.command("send", "Write a package as a stream for another pool.", PackageSendCommand::new),
                    Entry.command("show", "Show all that is known of a package.", PackageShowCommand::new),
                    Entry.command(
                            "verify", "Compare packages to what they were sealed with.", PackageVerifyCommand::new)),
            Entry.noun(
                    "profile",
                    "Say which packages are wanted, and resolve that into exact ones.",
                    Entry.command("add", "Want packages.", ProfileAddCommand::new),
                    Entry.command("create", "Make a profile.", ProfileCreateCommand::new),
                    Entry.command("delete", "Delete a profile with its generations.", ProfileDeleteCommand::new),
                    Entry.command("diff", "Compare two generations.", ProfileDiffCommand::new),
                    Entry.command("edit", "Write what is wanted in an editor.", ProfileEditCommand::new),
                    Entry.command("graph", "Draw who needs whom in a profile.", ProfileGraphCommand::new),
                    Entry.command("history", "List the generations.", ProfileHistoryCommand::new),
                    Entry.command("list", "List the profiles.", ProfileListCommand::new),
                    Entry.command("remove", "Want packages no longer.", ProfileRemoveCommand::new),
                    Entry.command("resolve", "Choose exact packages.", ProfileResolveCommand::new),
                    Entry.command("rollback", "Make another generation the current one.", ProfileRollbackCommand::new),
                    Entry.command("show", "Show what is wanted and what was chosen.", ProfileShowCommand::new),
                    Entry.command("why", "Show who asked for a package.", ProfileWhyCommand::new)),
            Entry.noun(
                    "root",
                    "Pin packages, so that they are never collected.",
                    Entry.command("add", "Set a pin.", RootAddCommand::new),
                    Entry.command("list", "List the pins.", RootListCommand::new),
                    Entry.command("remove", "Take a pin away.", RootRemoveCommand::new)),
            Entry.command("setup", "Make the pool, if it is not there yet.", SetupCommand::new),
            Entry.command("status", "Show how the pool stands.", StatusCommand::new),
            Entry.command("version", "Print the version of Axiom and of the Java it runs on.", VersionCommand::new),
            Entry.command("why", "Explain what keeps a package, or since when nothing does.", WhyCommand::new));

    private final Session session;
    private final Predicate<String> named;

    private CommandTree(Session session, Predicate<String> named) {
        this.session = session;
        this.named = named;
    }

    /** The parser for a command line that consists of these words. */
    static CommandLine forArguments(Session session, List<String> arguments) {
        return new CommandTree(session, arguments::contains).root();
    }

    /** Every command with all its options: for the manual and the completion scripts. */
    public static CommandLine whole() {
        Environment nowhere = Environment.nowhere();
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(nowhere, options, new Output(nowhere, options));
        return new CommandTree(session, name -> true).root();
    }

    private CommandLine root() {
        CommandSpec root = CommandSpec.forAnnotatedObject(session.options()).name("axiom");
        root.usageMessage().description("Keeps software packages sealed, and collects what nothing uses any more.");
        ENTRIES.forEach(entry -> root.addSubcommand(entry.name(), spec(entry)));
        CommandLine line = new CommandLine(root);
        line.setUsageHelpWidth(100);
        line.setExpandAtFiles(false); // a word that starts with @ is that word, above all in env run
        line.setOverwrittenOptionsAllowed(true); // the last one counts, so that an alias can be outweighed
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // which would warn of that on standard error
        line.registerConverter(Duration.class, Durations::parse);
        line.registerConverter(ByteSize.class, ByteSize::parse);
        line.registerConverter(Completion.class, Completion::named);
        line.registerConverter(ConflictPolicy.class, ConflictPolicy::named);
        line.registerConverter(EnvName.class, EnvName::new);
        line.registerConverter(EnvStrategy.class, EnvStrategy::named);
        line.registerConverter(PackageName.class, PackageName::new);
        line.registerConverter(Preference.class, Preference::named);
        line.registerConverter(ProfileName.class, ProfileName::new);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return line;
    }

    private CommandSpec spec(Entry entry) {
        CommandSpec spec = !named.test(entry.name()) || entry.command() == null
                ? CommandSpec.create()
                : CommandSpec.forAnnotatedObject(entry.command().apply(session));
        spec.name(entry.name()).usageMessage().description(entry.summary());
        if (named.test(entry.name())) {
            entry.verbs().forEach(verb -> spec.addSubcommand(verb.name(), spec(verb)));
        }
        return spec;
    }
}
