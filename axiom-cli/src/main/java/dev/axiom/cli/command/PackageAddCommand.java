package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.Crew;
import dev.axiom.cli.OpenStore;
import dev.axiom.cli.Session;
import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.VersionScheme;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.AddRequest;
import dev.axiom.core.store.Added;
import dev.axiom.core.store.PackageAdder;
import dev.axiom.core.store.Unresolved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axiom package add}. */
@Command(
        footer = {
            "%nWhat a package is comes from the options, else from documents at the source's top, else from its file"
                    + " name:",
            "a manifest.yaml (name and version; more is optional) and a deps.yaml. Beside a manifest.yaml, the content"
                    + " may lie in a folder root/. Neither document becomes content.",
            "%nExamples:",
            "  axiom package add apache-maven-3.9.9-bin.tar.gz --strip 1",
            "  axiom package add ./hello --name hello --version 1.0",
            "  manifest.yaml:  {name: hello, version: 1.0.2, description: says hello}",
            "  deps.yaml:      {dependencies: [{name: libc, version: \"^2.36\"}]}"
        })
public final class PackageAddCommand implements Action {
    /** More threads than can unpack at once: who waits for the disk in company waits once for all. */
    private static final int WAITING_FOR_DISK = 32;

    private final Session session;

    @Mixin
    private final MetadataOptions metadata = new MetadataOptions();

    @Mixin
    private final UnpackingOptions unpacking = new UnpackingOptions();

    @Option(names = "--jobs", paramLabel = "N", description = "Unpack so many at once (one for each processor).")
    @Nullable
    Integer jobs;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "A folder, a tar or zip archive, a .deb or a FreeBSD .pkg.")
    private List<Path> paths = List.of();

    public PackageAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        if (paths.size() > 1 && metadata.areGiven()) {
            throw new AxiomException(
                    ErrorCode.USAGE,
                    "--name, --version, --revision, --manifest and --deps describe one package, and there are "
                            + paths.size() + " paths",
                    "add them one by one, or put a manifest.yaml into each",
                    null);
        }
        UnpackOptions options = unpacking.toOptions();
        AddRequest.Said said = metadata.toSaid(session.environment());
        Integer threads = UnpackingOptions.positive("--jobs", jobs);
        try (OpenStore store = OpenStore.forWriting(session, "package add")) {
            int unpackers = store.jobs(threads);
            PackageAdder adder = new PackageAdder("axiom " + VersionCommand.version(), unpackers);
            Lease lease = store.lease();
            AtomicInteger done = new AtomicInteger();
            List<Crew.Outcome<Path, Added>> outcomes = Crew.each(paths, unpackers + WAITING_FOR_DISK, path -> {
                try {
                    AddRequest request = new AddRequest(source(path), options, said);
                    return store.packages().requireReadable(adder.add(lease, request));
                } finally {
                    session.output().progress("added " + done.incrementAndGet() + " of " + paths.size() + ": " + path);
                }
            });
            return report(store, outcomes);
        }
    }

    /** An empty path is a script's variable without a value, and never means the folder that the script stands in. */
    private Path source(Path typed) {
        if (typed.toString().isEmpty()) {
            throw new AxiomException(ErrorCode.NOT_FOUND, "there is no file or folder ''");
        }
        return session.environment().resolve(typed);
    }

    /** Prints the successes and what they lack; returns the exit code of the first failure, or 0. */
    private int report(OpenStore store, List<Crew.Outcome<Path, Added>> outcomes) {
        outcomes.forEach(this::noteGuess);
        outcomes.forEach(this::noteScripts);
        outcomes.forEach(this::noteRemarks);
        List<Added> added = outcomes.stream()
                .map(Crew.Outcome::result)
                .filter(Objects::nonNull)
                .toList();
        List<PackageId> foreign = foreign(added);
        Map<Requirement, List<PackageId>> missing =
                foreign.isEmpty() ? Map.of() : Unresolved.of(store.packages(), foreign, session.output()::trouble);
        if (!added.isEmpty()) {
            Map<PackageId, List<Requirement>> lacks = lacks(foreign, missing);
            session.output().summary(json -> AddedText.json(json, added, lacks), text -> AddedText.text(text, added));
        }
        int code = 0;
        for (Crew.Outcome<Path, Added> outcome : outcomes) {
            if (outcome.failure() != null) {
                int own = session.output().complain(about(outcome.thing(), outcome.failure()));
                code = code == 0 ? own : code;
            }
        }
        warn(missing);
        return code;
    }

    /** A distribution's packages are added as a set, so somebody may have forgotten some. */
    private static List<PackageId> foreign(List<Added> added) {
        return added.stream()
                .map(Added::id)
                .filter(id -> id.version().scheme() != VersionScheme.SEMVER)
                .toList();
    }

    private static Map<PackageId, List<Requirement>> lacks(
            List<PackageId> foreign, Map<Requirement, List<PackageId>> missing) {
        Map<PackageId, List<Requirement>> lacks = new HashMap<>();
        foreign.forEach(id -> lacks.put(id, new ArrayList<>()));
        missing.forEach((need, by) -> by.forEach(
                id -> lacks.computeIfAbsent(id, any -> new ArrayList<>()).add(need)));
        return lacks;
    }

    private void warn(Map<Requirement, List<PackageId>> missing) {
        if (!missing.isEmpty()) {
            // The sentences are about what stands above them, and what is damaged may be what is missing.
            session.output().flush();
        }
        missing.forEach((need, by) -> session.output()
                .trouble("nothing in the store is " + need + ", which " + PackageText.shortName(by.get(0)) + " needs"
                        + (by.size() == 1 ? "" : ", and " + (by.size() - 1) + " more")));
    }

    private void noteGuess(Crew.Outcome<Path, Added> outcome) {
        if (outcome.result() != null && outcome.result().guessed()) {
            session.output()
                    .note("axiom: " + outcome.thing() + ": its name says that it is "
                            + PackageText.shortName(outcome.result().id())
                            + "; a manifest.yaml or --name and --version would outweigh that");
        }
    }

    private void noteScripts(Crew.Outcome<Path, Added> outcome) {
        if (outcome.result() != null && !outcome.result().scripts().isEmpty()) {
            session.output()
                    .note("axiom: " + outcome.thing() + ": its maintainer scripts ("
                            + String.join(", ", outcome.result().scripts()) + ") are kept and never run");
        }
    }

    private void noteRemarks(Crew.Outcome<Path, Added> outcome) {
        if (outcome.result() != null) {
            outcome.result().remarks().forEach(remark -> session.output()
                    .note("axiom: " + outcome.thing() + ": " + remark));
        }
    }

    /** The same failure with the path in its message, as the user typed it. */
    private static RuntimeException about(Path path, RuntimeException failure) {
        if (!(failure instanceof AxiomException known)
                || String.valueOf(known.getMessage()).contains(path.toString())) {
            return failure;
        }
        return new AxiomException(known.code(), path + ": " + known.getMessage(), known.hint(), known);
    }
}
