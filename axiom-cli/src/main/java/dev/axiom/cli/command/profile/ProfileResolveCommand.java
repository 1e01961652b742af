package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.TextTable;
import dev.axiom.cli.command.Changes;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.profile.Resolved;
import dev.axiom.core.resolve.Preference;
import dev.axiom.core.resolve.ResolvePolicy;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom profile resolve}. */
@Command(footer = {"%nThe same wishes and the same packages always give the same choice, and no new generation."})
public final class ProfileResolveCommand implements Action {
    private final Session session;

    @Parameters(paramLabel = "PROFILE", description = "The profile.")
    private ProfileName profile;

    @Option(
            names = "--prefer",
            paramLabel = "WHICH",
            description = "Which of several versions to take: newest (the default) or oldest.")
    private Preference preference = Preference.NEWEST;

    @Option(names = "--dry-run", description = "Say what would be chosen and change nothing.")
    private boolean dryRun;

    public ProfileResolveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        Resolved resolved = resolve(ResolvePolicy.prefer(preference));
        session.output().summary(json -> json(json, resolved), text -> text(text, resolved));
        if (!session.options().json()) {
            session.output().flush(); // the sentence is about what stands above it
            session.output().note(sentence(resolved));
        }
        return 0;
    }

    private Resolved resolve(ResolvePolicy policy) {
        String purpose = "profile resolve " + profile;
        if (dryRun) {
            try (OpenStore store = OpenStore.forReading(session, purpose)) {
                return store.resolver().preview(profile, policy);
            }
        }
        try (OpenStore store = OpenStore.forWriting(session, purpose)) {
            return store.resolver().resolve(store.lease(), profile, policy);
        }
    }

    private static void json(JsonGenerator json, Resolved resolved) throws IOException {
        json.writeStartObject();
        json.writeStringField("profile", resolved.lock().profile().value());
        json.writeNumberField("generation", resolved.generation());
        json.writeBooleanField("changed", resolved.changed());
        ProfileJson.resolved(json, Optional.of(resolved.lock()));
        json.writeEndObject();
    }

    /** Every package that is chosen, and every one that went. */
    private static void text(Writer text, Resolved resolved) throws IOException {
        Map<PackageName, PackageChange> changes = new TreeMap<>();
        changes(resolved).forEach(change -> changes.put(change.name(), change));
        Map<PackageName, PackageId> chosen = new TreeMap<>();
        resolved.lock().ids().forEach(id -> chosen.put(id.name(), id));
        TreeMap<PackageName, Optional<PackageId>> rows = new TreeMap<>();
        changes.keySet().forEach(name -> rows.put(name, Optional.empty()));
        chosen.forEach((name, id) -> rows.put(name, Optional.of(id)));
        TextTable table = new TextTable("PACKAGE", "VERSION", "BUILD ID", "CHANGE");
        rows.forEach((name, id) -> table.row(
                name,
                id.map(Changes::version).orElse("-"),
                id.map(one -> one.buildId().value()).orElse("-"),
                Optional.ofNullable(changes.get(name)).map(Changes::origin).orElse("")));
        table.write(text);
    }

    private static List<PackageChange> changes(Resolved resolved) {
        return PackageChange.between(
                resolved.before().map(LockFile::ids).orElse(List.of()),
                resolved.lock().ids());
    }

    private String sentence(Resolved resolved) {
        int packages = resolved.lock().packages().size();
        String counted = packages == 1 ? "1 package" : packages + " packages";
        if (!resolved.changed()) {
            return "profile '" + profile + "': nothing changes, generation " + resolved.generation() + " has "
                    + (packages == 1 ? "this " : "these ") + counted;
        }
        String verb = dryRun ? " would have " : " has ";
        return "profile '" + profile + "': generation " + resolved.generation() + verb + counted + ", "
                + changes(resolved).size() + " changed";
    }
}
