package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.LostOutputException;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.store.PackageTransfer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom package send}: the stream is its only output, whatever the options say. */
@Command(
        footer = {
            "%nFor zfs: pools. The stream goes to standard output, a pipe or a file.",
            "%nExample:",
            "  axiom package send hello | ssh other axiom package receive"
        })
public final class PackageSendCommand implements Action {
    private final Session session;

    @Option(
            names = "--rest",
            paramLabel = "TOKEN",
            description = "Send what is missing; a receiver that was interrupted tells the token.")
    @Nullable
    String rest;

    @Parameters(paramLabel = "PACKAGE", description = "Such as bash, bash@5.2.15, or the start of a build id.")
    private String ref = "";

    public PackageSendCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        if (session.environment().terminal().out()) {
            throw new AxiomException(
                    ErrorCode.USAGE,
                    "a stream is nothing for a terminal",
                    "axiom package send " + ref + " | ssh HOST axiom package receive",
                    null);
        }
        PackageRef meant = Typed.packageRef(ref);
        try (OpenStore store = OpenStore.forReading(session, "package send")) {
            PackageTransfer transfer = PackageTransfer.of(store.pool());
            PackageId id = store.packages().find(meant).id();
            transfer.send(
                    store.lease(),
                    id,
                    Optional.ofNullable(rest),
                    session.environment().out());
            return 0;
        } catch (IOException e) {
            throw new LostOutputException(e);
        }
    }
}
