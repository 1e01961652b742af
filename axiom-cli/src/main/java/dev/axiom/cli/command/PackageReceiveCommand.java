package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.store.Added;
import dev.axiom.core.store.PackageTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom package receive}. */
@Command(
        footer = {
            "%nFor zfs: pools. The content is compared to the package's build id before it is added. All the same, take streams only",
            "from machines that you trust: the kernel reads them.",
            "%nWhat came of a stream that broke off is kept for a day; the message says how to send the rest."
        })
public final class PackageReceiveCommand implements Action {
    private final Session session;

    @Option(
            names = "--allow-set-id",
            description = "Accept set-user-id, set-group-id and sticky bits; they are refused otherwise.")
    private boolean allowSetId;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where the stream is (standard input).")
    @Nullable
    Path file;

    public PackageReceiveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        try (InputStream in = input();
                OpenStore store = OpenStore.forWriting(session, "package receive")) {
            Added received = PackageTransfer.of(store.pool()).receive(store.lease(), in, allowSetId);
            List<Added> added = List.of(store.packages().requireReadable(received));
            session.output().summary(json -> AddedText.json(json, added), text -> AddedText.text(text, added));
            return 0;
        } catch (IOException e) {
            throw AxiomException.io("close " + file, e);
        }
    }

    private InputStream input() {
        if (file == null) {
            return session.environment().in();
        }
        Path path = session.environment().resolve(file);
        try {
            return Files.newInputStream(path);
        } catch (NoSuchFileException e) {
            throw new AxiomException(ErrorCode.NOT_FOUND, file + " does not exist", null, e);
        } catch (IOException e) {
            throw AxiomException.io("read " + path, e);
        }
    }
}
