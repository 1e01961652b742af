package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.Troubles;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoredPackage;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code axiom package list}. */
@Command
public final class PackageListCommand implements Action {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Only names like this, or ids if it has an @: * is any text, ? any character.")
    @Nullable
    String pattern;

    public PackageListCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Predicate<PackageId> wanted = wanted(pattern);
        try (OpenStore store = OpenStore.forReading(session, "package list")) {
            Troubles troubles = new Troubles();
            List<StoredPackage> packages = store.packages().list(troubles::add).stream()
                    .filter(stored -> wanted.test(stored.id()))
                    .toList();
            session.output().data(json -> json(json, packages), text -> text(text, packages));
            return troubles.tell(session.output());
        }
    }

    /** No name has an @: with one the pattern is for what is printed, an id or its beginning. */
    private static Predicate<PackageId> wanted(@Nullable String pattern) {
        Predicate<String> like = NamePattern.of(pattern);
        return pattern == null || pattern.indexOf('@') < 0
                ? id -> like.test(id.name().value())
                : id -> PackageText.forms(id).anyMatch(like);
    }

    private static void json(JsonGenerator json, List<StoredPackage> packages) throws IOException {
        JsonFields.objects(json, packages, stored -> {
            PackageJson.fields(json, stored.id());
            json.writeNumberField("bytes", stored.bytes());
        });
    }

    private static void text(Writer text, List<StoredPackage> packages) throws IOException {
        TextTable table = new TextTable("PACKAGE", "SIZE", "BUILD ID");
        for (StoredPackage stored : packages) {
            table.row(
                    PackageText.shortName(stored.id()),
                    new ByteSize(stored.bytes()).human(),
                    stored.id().buildId());
        }
        table.write(text);
    }
}
