package dev.axiom.cli.command.gc;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Settings;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.CollectorDaemon;
import dev.axiom.gc.GarbageCollector;
import dev.axiom.gc.GcMetrics;
import dev.axiom.gc.Plan;
import dev.axiom.gc.Progress;
import dev.axiom.gc.Report;
import dev.axiom.gc.StopSignal;
import dev.axiom.gc.Timepiece;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code axiom gc}. */
@Command(
        footer = {
            "%nA package goes when no profile, environment, pin or running command has used it for the grace period,"
                    + " counted from the collection that first found it so.",
            "Time in which the computer was not seen to run does not count, so that no setting of the clock makes a package go"
                    + " early; --trust-clock counts it.",
            "Generations are kept for ever unless --keep-generations or --keep-age is given (or configured); a generation"
                    + " goes if neither of them keeps it, and the current one never goes.",
            "With --daemon it collects at once and then at every interval, until SIGTERM, SIGINT or SIGHUP ends it after the"
                    + " batch in work. A run that fails is reported, and the next one comes in its turn."
        })
public final class GcCommand implements Action {
    private static final Duration USUAL_INTERVAL = Duration.ofHours(1);

    private final Session session;

    @Option(names = "--dry-run", description = "Say what would go and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            description = "How long a package stays after it was first found dead, such as 24h (the default) or 0.")
    private @Nullable Duration grace;

    @Option(
            names = "--keep-generations",
            paramLabel = "N",
            description = "Keep the newest N generations of each profile and environment.")
    private @Nullable Integer keepGenerations;

    @Option(
            names = "--keep-age",
            paramLabel = "DURATION",
            description = "Keep generations that are younger than this, such as 30d.")
    private @Nullable Duration keepAge;

    @Option(
            names = "--max-freed",
            paramLabel = "SIZE",
            description = "Stop after so much, such as 10G; the next collection goes on.")
    private @Nullable ByteSize maxFreed;

    @Option(
            names = "--trust-clock",
            description =
                    "Count all that the clock went forward since the last collection, even if the computer was off"
                            + " meanwhile or the clock was set.")
    private boolean trustClock;

    @Option(
            names = "--lock-file",
            paramLabel = "PATH",
            description = "The file that keeps collections apart (default: /var/run/axiom-gc.lock, or one in the pool"
                    + " for a user who may not write there).")
    private @Nullable Path lockFile;

    @Option(names = "--daemon", description = "Collect again and again, in the foreground.")
    private boolean daemon;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "How often the daemon collects, such as 1h (the default); at least 1s.")
    private @Nullable Duration every;

    @Spec
    private CommandSpec spec;

    public GcCommand(Session session) {
        this.session = session;
        this.spec = CommandSpec.create();
    }

    @Override
    public int run() {
        if (daemon && dryRun) {
            throw new ParameterException(spec.commandLine(), "--daemon and --dry-run exclude each other");
        }
        if (every != null && !daemon) {
            throw new ParameterException(spec.commandLine(), "--every is an option of --daemon");
        }
        said(); // what it refuses is refused before anything is opened
        if (daemon) {
            serve();
        } else if (dryRun) {
            foresee();
        } else {
            collect(new StopSignal());
        }
        return 0;
    }

    private void foresee() {
        try (OpenStore store = OpenStore.forReading(session, "gc --dry-run")) {
            Settings.Gc rules = rules(store.settings().gc());
            Plan plan = collector(store).plan(options(rules));
            Outcome outcome = Outcome.foreseen(plan, isLimited(rules));
            tell(outcome);
        }
    }

    private CollectOptions options(Settings.Gc rules) {
        CollectOptions options = Collecting.options(rules);
        return trustClock ? options.trustingTheClock() : options;
    }

    /** The store is opened for each run anew, so that nothing is held or gets old between two of them. */
    private void serve() {
        Duration configured = rules(OpenStore.settings(session).gc()).every();
        CollectorDaemon.Listener complaints = new CollectorDaemon.Listener() {
            @Override
            public void collected(Report report) {
                // the run has told it, by the rules that it ran by
            }

            @Override
            public void failed(AxiomException failure) {
                session.output().complain(failure);
            }
        };
        StopSignal stop = new StopSignal();
        // Whoever wants the meters adds a registry of theirs to the global one, with a Java agent for instance.
        GcMetrics metrics =
                new GcMetrics(Metrics.globalRegistry, session.environment().clock());
        Duration interval = configured != null ? configured : USUAL_INTERVAL;
        new CollectorDaemon(() -> collect(stop), interval, metrics, complaints).run(stop);
    }

    private Report collect(StopSignal stop) {
        Settings.Gc rules;
        Report report;
        try (OpenStore store = OpenStore.forCollecting(session)) {
            rules = rules(store.settings().gc());
            CollectOptions options = options(rules);
            GarbageCollector.Surroundings surroundings =
                    new GarbageCollector.Surroundings(lock(rules), this::progress, stop);
            report = collector(store).run(options, surroundings);
        }
        tell(Outcome.of(report, isLimited(rules))); // last: whoever waits for it finds nothing held
        return report;
    }

    private static boolean isLimited(Settings.Gc rules) {
        return rules.keepGenerations() != null || rules.keepAge() != null;
    }

    private void tell(Outcome outcome) {
        session.output().summary(outcome::json, outcome::text);
        session.output().flush();
        outcome.troubles().forEach(session.output()::trouble);
        if (!session.options().json()) { // the document has them
            outcome.stays().forEach(session.output()::trouble);
        }
        note(outcome.sentence());
    }

    private void note(String sentence) {
        if (!session.options().json()) {
            session.output().flush(); // the sentence is about what stands above it
            session.output().note(sentence);
        }
    }

    private GarbageCollector collector(OpenStore store) {
        return new GarbageCollector(
                Collecting.target(store),
                Timepiece.ofMachine(session.environment().clock()));
    }

    /** What the command line says, and where it says nothing the configuration. */
    private Settings.Gc rules(Settings.Gc configured) {
        Settings lower = new Settings(null, null, null, configured);
        return new Settings(null, null, null, said()).over(lower).gc();
    }

    private Settings.Gc said() {
        String lock = lockFile == null
                ? null
                : session.environment().directory().resolve(lockFile).toString();
        return Typed.value(() -> new Settings.Gc(grace, keepGenerations, keepAge, maxFreed, lock, every));
    }

    private static Optional<Path> lock(Settings.Gc rules) {
        return Optional.ofNullable(rules.lockFile()).map(Path::of);
    }

    private void progress(Progress.Step step, Progress.Tally tally) {
        String text =
                switch (step) {
                    case LOCKED -> "cleaning up";
                    case RECOVERED -> "looking for packages that nothing uses";
                    case PLANNED -> "removing old generations";
                    case PRUNED, MARKED -> "collecting";
                    case SWEPT ->
                        tally.done() + " of " + tally.total() + " packages, " + new ByteSize(tally.bytesFreed()).human()
                                + " freed";
                };
        session.output().progress(text);
    }
}
