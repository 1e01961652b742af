package dev.axiom.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.cli.Action;
import dev.axiom.cli.Crew;
import dev.axiom.cli.JsonFields;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.PlainText;
import dev.axiom.cli.Session;
import dev.axiom.cli.Troubles;
import dev.axiom.cli.Typed;
import dev.axiom.core.archive.Difference;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.store.PackageVerifier;
import dev.axiom.core.store.StoredPackage;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom package verify}. */
@Command
public final class PackageVerifyCommand implements Action {
    private final Session session;

    @Option(names = "--all", description = "Verify every package.")
    private boolean all;

    @Option(names = "--jobs", paramLabel = "N", description = "Read so many at once (one for each processor).")
    @Nullable
    Integer jobs;

    @Parameters(
            arity = "0..*",
            paramLabel = "PACKAGE",
            description = "Such as bash, bash@5.2.15, or the start of a build id.")
    private List<String> refs = List.of();

    public PackageVerifyCommand(Session session) {
        this.session = session;
    }

    /** A package that was looked at. */
    private record Verified(PackageId id, List<Difference> differences) {
        boolean isWhole() {
            return differences.isEmpty();
        }
    }

    @Override
    public int run() {
        if (all != refs.isEmpty()) {
            throw new AxiomException(
                    ErrorCode.USAGE, "name packages, or all of them by --all", "axiom package verify --all", null);
        }
        List<PackageRef> meant = Typed.packageRefs(refs);
        Integer threads = UnpackingOptions.positive("--jobs", jobs);
        try (OpenStore store = OpenStore.forReading(session, "package verify")) {
            Troubles troubles = new Troubles();
            Chosen chosen = chosen(store.packages().list(troubles::add), meant, troubles);
            int code = report(verify(store, chosen.packages(), store.jobs(threads)));
            return IntStream.of(chosen.code(), troubles.tell(session.output()), code)
                    .filter(each -> each != 0)
                    .findFirst()
                    .orElse(0);
        }
    }

    private List<Crew.Outcome<StoredPackage, List<Difference>>> verify(
            OpenStore store, List<StoredPackage> packages, int threads) {
        AtomicInteger done = new AtomicInteger();
        return Crew.each(packages, threads, stored -> {
            try {
                return store.packages()
                        .look(store::lease, stored.id(), folder -> PackageVerifier.verify(folder, stored));
            } finally {
                session.output()
                        .progress("verified " + done.incrementAndGet() + " of " + packages.size() + ": " + stored.id());
            }
        });
    }

    /**
     * What is to be looked at.
     *
     * @param code of the first name that meant none, or 0
     */
    private record Chosen(List<StoredPackage> packages, int code) {}

    /**
     * Complains of names that mean no package; the others are looked at all the same. Where something is damaged, a name
     * that seems to mean none may mean that, which is told anyway.
     */
    private Chosen chosen(List<StoredPackage> packages, List<PackageRef> meant, Troubles troubles) {
        if (all) {
            return new Chosen(packages, 0);
        }
        List<PackageId> ids = packages.stream().map(StoredPackage::id).toList();
        Set<PackageId> named = new HashSet<>();
        int code = 0;
        for (PackageRef ref : meant) {
            try {
                named.add(ref.select(ids));
            } catch (AxiomException e) {
                if (e.code() != ErrorCode.NOT_FOUND || troubles.isEmpty()) {
                    int own = session.output().complain(e);
                    code = code == 0 ? own : code;
                }
            }
        }
        return new Chosen(
                packages.stream().filter(stored -> named.contains(stored.id())).toList(), code);
    }

    private int report(List<Crew.Outcome<StoredPackage, List<Difference>>> outcomes) {
        List<Verified> verified = new ArrayList<>();
        int code = 0;
        for (Crew.Outcome<StoredPackage, List<Difference>> outcome : outcomes) {
            if (outcome.result() != null) {
                verified.add(new Verified(outcome.thing().id(), outcome.result()));
            } else if (outcome.failure() != null && !(all && outcome.failure() instanceof DatasetMissingException)) {
                // Of all packages, one that was removed meanwhile is none.
                int own = session.output().complain(outcome.failure());
                code = code == 0 ? own : code;
            }
        }
        session.output().data(json -> json(json, verified), text -> text(text, verified));
        List<PackageId> damaged = verified.stream()
                .filter(each -> !each.isWhole())
                .map(Verified::id)
                .toList();
        return damaged.isEmpty() ? code : session.output().complain(damage(damaged, verified.size()));
    }

    /** Only who has the source can mend it: adding it again while it is there would find it unchanged. */
    private static AxiomException damage(List<PackageId> damaged, int verified) {
        PackageId first = damaged.get(0);
        String hint = "axiom package show " + first + " names its source; then: axiom package remove " + first
                + ", and axiom package add SOURCE; if it is in use: axiom why " + first
                + (damaged.size() == 1 ? "" : "; the same for the others");
        return new AxiomException(
                ErrorCode.CORRUPT,
                damaged.size() + " of " + verified + (damaged.size() == 1 ? " packages is" : " packages are")
                        + " not as sealed",
                hint,
                null);
    }

    private static void json(JsonGenerator json, List<Verified> packages) throws IOException {
        JsonFields.objects(json, packages, verified -> {
            PackageJson.fields(json, verified.id());
            json.writeStringField("status", verified.isWhole() ? "whole" : "damaged");
            JsonFields.objects(json, "differences", verified.differences(), difference -> {
                json.writeStringField("path", difference.path());
                json.writeStringField("kind", word(difference));
                json.writeStringField("detail", difference.detail());
            });
        });
    }

    private void text(Writer text, List<Verified> packages) throws IOException {
        for (Verified verified : packages) {
            for (Difference difference : verified.differences()) {
                text.append(verified.id().toString())
                        .append(": ")
                        .append(word(difference))
                        .append(' ')
                        .append(PlainText.of(difference.path() + ": " + difference.detail()))
                        .append('\n');
            }
            if (verified.isWhole() && !session.options().quiet()) {
                text.append(verified.id().toString()).append(": whole\n");
            }
        }
    }

    private static String word(Difference difference) {
        return difference.kind().name().toLowerCase(Locale.ROOT);
    }
}
