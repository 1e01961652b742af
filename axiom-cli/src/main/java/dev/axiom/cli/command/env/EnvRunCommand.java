package dev.axiom.cli.command.env;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.env.EnvCommand;
import dev.axiom.core.env.EnvRunner;
import dev.axiom.core.env.OpenEnv;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.PosixException;
import dev.axiom.core.pool.Lease;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom env run}. */
@Command(
        footer = {
            "%nAxiom becomes the command, so signals reach it and its exit code is the one you see. As long as it runs,"
                    + " the generation that it runs in is neither removed nor collected.",
            "%nExample:",
            "  axiom env run dev -- mvn --version"
        })
public final class EnvRunCommand implements Action {
    /** As env(1) and the shells have it. */
    private static final int NO_SUCH_COMMAND = 127;

    private static final int NOT_EXECUTABLE = 126;

    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV", description = "The environment.")
    private EnvName env;

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "Run in this generation and not in the current one.")
    private @Nullable Integer generation;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The command and its arguments, after --.")
    private List<String> command;

    public EnvRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        String purpose = "env run " + env + " -- " + command.get(0);
        try (OpenStore store = OpenStore.forReading(session, purpose)) {
            OpenEnv open = store.environments().open(lease(store), env, Optional.ofNullable(generation));
            session.output().flush();
            return become(store, open);
        }
    }

    private Lease lease(OpenStore store) {
        try {
            return store.lease();
        } catch (AxiomException e) {
            String other = "; without a lease, which keeps it from being collected: eval \"$(axiom env activate " + env
                    + ")\"";
            throw PosixException.meansForbidden(e) ? e.withHint(e.hint() + other) : e;
        }
    }

    /** Returns only if that is not possible; the lease goes over to the command. */
    private int become(OpenStore store, OpenEnv open) {
        EnvCommand prepared;
        try {
            prepared = EnvCommand.of(open, command, session.environment().variables());
        } catch (AxiomException e) {
            return refuse(e);
        }
        EnvRunner.passOn(store.lease());
        return refuse(EnvRunner.exec(prepared));
    }

    /** The command cannot be executed, which is no failure of Axiom's. */
    private int refuse(AxiomException e) {
        session.output().complain(e);
        return code(e.code());
    }

    private static int code(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> NO_SUCH_COMMAND;
            case UNAVAILABLE -> NOT_EXECUTABLE;
            default -> code.exitCode();
        };
    }
}
