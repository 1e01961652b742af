package dev.axiom.cli.command.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.cli.Typed;
import dev.axiom.cli.command.Changes;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.profile.ResolveRequest;
import dev.axiom.core.profile.Resolved;
import dev.axiom.core.profile.WishChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom profile resolve}. */
@Command(
        footer = {
            "%nWhat is locked stays as it is as far as the profile allows; --upgrade and --prefer choose anew.",
            "The number of changes is kept small, but not proved to be the least.",
            "What changes is listed; with --verbose, what stays too.",
            "The same wishes, lock file and packages always give the same choice, and no new generation.",
            "%nExamples:",
            "  axiom profile resolve dev",
            "  axiom profile resolve dev --upgrade openssl curl"
        })
public final class ProfileResolveCommand implements Action {
    private final Session session;

    /** Required; but the parser gives it to an --upgrade before it, as one of the names. */
    @Parameters(arity = "0..1", hideParamSyntax = true, paramLabel = "PROFILE", description = "The profile.")
    private @Nullable ProfileName profile;

    @Option(
            names = "--prefer",
            paramLabel = "WHICH",
            description = "Choose everything anew, and of several versions the newest or oldest.")
    private @Nullable Preference preference;

    @Option(
            names = "--upgrade",
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "Upgrade these packages, or all; change others only as far as that needs. If no profile stands"
                            + " before it, the last word is the profile.")
    private @Nullable List<PackageName> upgrade;

    @Option(names = "--locked", description = "Fail if the lock file would change.")
    private boolean locked;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Give up after this time, with exit code 6 (30s).")
    private Duration timeout = ResolveRequest.PATIENCE;

    @Option(names = "--dry-run", description = "Say what would be chosen and change nothing.")
    private boolean dryRun;

    public ProfileResolveCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        ProfileName named = profile == null ? lastOf(upgrade) : profile;
        Resolved resolved = resolve(named, request());
        resolved.warnings().forEach(session.output()::trouble);
        session.output()
                .summary(
                        json -> json(json, resolved),
                        text -> ResolvedTable.write(
                                text, resolved, session.options().verbose()));
        if (!session.options().json()) {
            session.output().flush(); // the sentence is about what stands above it
            session.output().note(sentence(resolved));
        }
        return 0;
    }

    /** The profile in {@code --upgrade NAME... PROFILE}; takes it away from the names. */
    private static ProfileName lastOf(@Nullable List<PackageName> names) {
        if (names == null || names.isEmpty()) {
            throw new AxiomException(
                    ErrorCode.USAGE,
                    "missing required parameter: 'PROFILE'",
                    "see 'axiom profile resolve --help'",
                    null);
        }
        PackageName last = names.remove(names.size() - 1);
        return Typed.value(() -> new ProfileName(last.value()));
    }

    private ResolveRequest request() {
        ResolveRequest request = extent().within(timeout);
        return locked ? request.asLocked() : request;
    }

    private ResolveRequest extent() {
        if (preference == null || preference == Preference.LOCKED) {
            return upgrade == null ? ResolveRequest.MINIMAL : ResolveRequest.upgrading(Set.copyOf(upgrade));
        }
        if (upgrade != null) {
            throw new AxiomException(
                    ErrorCode.USAGE,
                    "--prefer and --upgrade do not go together",
                    "--prefer chooses everything anew",
                    null);
        }
        return ResolveRequest.anew(preference);
    }

    private Resolved resolve(ProfileName named, ResolveRequest request) {
        String purpose = "profile resolve " + named;
        if (dryRun) {
            try (OpenStore store = OpenStore.forReading(session, purpose)) {
                return store.resolver().preview(named, request);
            }
        }
        try (OpenStore store = OpenStore.forWriting(session, purpose)) {
            return store.resolver().resolve(store.lease(), named, request);
        }
    }

    private static void json(JsonGenerator json, Resolved resolved) throws IOException {
        json.writeStartObject();
        json.writeStringField("profile", resolved.lock().profile().value());
        json.writeNumberField("generation", resolved.generation());
        json.writeBooleanField("changed", resolved.changed());
        ProfileJson.resolved(json, Optional.of(resolved.lock()));
        Changes.list(json, resolved.changes());
        wishes(json, "askedNow", resolved, true);
        wishes(json, "askedNoLonger", resolved, false);
        json.writeEndObject();
    }

    private static void wishes(JsonGenerator json, String field, Resolved resolved, boolean asked) throws IOException {
        JsonFields.texts(
                json,
                field,
                resolved.wishChanges().stream()
                        .filter(change -> change.asked() == asked)
                        .map(WishChange::name)
                        .toList());
    }

    private String sentence(Resolved resolved) {
        int packages = resolved.lock().packages().size();
        String about = "profile '" + resolved.lock().profile() + "': ";
        String counted = packages == 1 ? "1 package" : packages + " packages";
        if (!resolved.changed()) {
            return about + "nothing changes, generation " + resolved.generation() + " has " + counted;
        }
        String verb = dryRun ? " would have " : " has ";
        return about + "generation " + resolved.generation() + verb + counted + ", "
                + resolved.changes().size() + " changed" + wishes(resolved);
    }

    private static String wishes(Resolved resolved) {
        Map<String, Long> counts = resolved.wishChanges().stream()
                .collect(Collectors.groupingBy(WishChange::words, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> ", " + count.getValue() + " " + count.getKey())
                .collect(Collectors.joining());
    }
}
