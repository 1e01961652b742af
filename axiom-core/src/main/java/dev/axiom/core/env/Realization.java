package dev.axiom.core.env;

import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.format.EnvRecordCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.store.NewRecord;
import dev.axiom.core.store.PackageFolder;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes one generation of one environment: protect the packages, fill a staging dataset, seal and publish it, record it,
 * switch the pointer. Whatever it is killed between leaves either garbage that {@link EnvCleaning} finds, or a whole
 * generation. Locking: the caller holds the environment's lock exclusively.
 */
final class Realization {
    private static final String ON_CONFLICT = "on-conflict";
    private static final String CONFLICTS = "conflicts";

    private final EnvCatalog catalog;
    private final Lease lease;
    private final EnvName env;
    private final RealizeRequest request;
    private final Consumer<Step> reached;

    Realization(EnvCatalog catalog, Lease lease, EnvName env, RealizeRequest request, Consumer<Step> reached) {
        this.catalog = catalog;
        this.lease = lease;
        this.env = env;
        this.request = request;
        this.reached = reached;
    }

    /** Starts over as long as the profile's packages are collected before they are protected. */
    Realized run() {
        Locked source = request.source().get();
        while (true) {
            try {
                return attempt(source);
            } catch (DatasetExistsException taken) {
                // by something that no listing shows: once more, with the next number
            } catch (DatasetMissingException gone) {
                Locked again = request.source().get();
                if (again.equals(source)) {
                    throw new AxiomException(
                            ErrorCode.CORRUPT,
                            "profile " + source.lock().profile() + " generation " + source.generation()
                                    + " lists packages that do not exist: " + gone.missing(),
                            "add them again, or: axiom profile resolve "
                                    + source.lock().profile(),
                            gone);
                }
                source = again;
            }
        }
    }

    private Realized attempt(Locked source) {
        List<PackageId> ids = source.lock().ids();
        lease.openAll(ids.stream().map(StoreLayout::packageDataset).toList());
        reached.accept(Step.PROTECTED);
        Optional<Realized> same = request.force() ? Optional.empty() : current(source);
        if (same.isPresent()) {
            return same.get();
        }
        Map<PackageId, Path> roots = new LinkedHashMap<>();
        List<Contribution> contributions = new ArrayList<>();
        for (PackageId id : ids) {
            Path folder = lease.open(StoreLayout.packageDataset(id));
            roots.put(id, folder.resolve(Environments.CONTENT));
            contributions.add(new Contribution(
                    id,
                    listing(folder),
                    () -> new PackageFolder(folder).manifest().relations().replaces()));
        }
        MergePlan plan = MergePlan.of(contributions, request.strategy(), request.onConflict());
        if (request.onConflict() == ConflictPolicy.ERROR && !plan.conflicts().isEmpty()) {
            throw new EnvConflictException(plan.conflicts());
        }
        int number = catalog.folder(env).nextNumber(lease, catalog.highest(env));
        EnvRecord record =
                new EnvRecord(env, number, source.lock().profile(), source.generation(), request.strategy(), ids);
        return make(source, record, plan, roots);
    }

    /** The current generation, if it is what is asked for. */
    private Optional<Realized> current(Locked source) {
        Optional<Integer> number = catalog.folder(env).current();
        Optional<EnvRecord> record = number.flatMap(n -> catalog.record(EnvCatalog.key(env, n)));
        Optional<Dataset> dataset = number.flatMap(n -> catalog.pool.find(StoreLayout.envDataset(env, n)));
        if (record.isEmpty() || dataset.isEmpty()) {
            return Optional.empty();
        }
        EnvRecord wanted = new EnvRecord(
                env,
                record.get().generation(),
                source.lock().profile(),
                source.generation(),
                request.strategy(),
                source.lock().ids());
        if (!record.get().equals(wanted) || !decidedAlike(dataset.get().properties())) {
            return Optional.empty();
        }
        try (Lease look = catalog.pool.lease("axiom env realize " + env)) {
            Path content = look.open(dataset.get().name()).resolve(Environments.CONTENT);
            catalog.folder(env).sync();
            return Optional.of(new Realized(source, record.get(), content, false, List.of()));
        }
    }

    /** A policy makes a difference only where there was something to decide. */
    private boolean decidedAlike(Map<String, String> properties) {
        return "0".equals(properties.get(CONFLICTS))
                || request.onConflict().toString().equals(properties.get(ON_CONFLICT));
    }

    private static TreeListing listing(Path folder) {
        Path file = folder.resolve(TreeListing.FILE_NAME);
        try {
            return TreeListing.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AxiomException(ErrorCode.CORRUPT, "cannot read " + file, "axiom package verify --all", e);
        }
    }

    /** With a lease of its own, so that afterwards nothing but the record decides how long the generation stays. */
    private Realized make(Locked source, EnvRecord record, MergePlan plan, Map<PackageId, Path> roots) {
        DatasetName dataset = StoreLayout.envDataset(env, record.generation());
        boolean published = false;
        try (Lease own = catalog.pool.lease("axiom env realize " + env)) {
            try (Staging staging = own.stage()) {
                fill(staging, record, plan, roots);
                Interruption.check(); // the last time: what is published becomes whole sooner than it is taken back
                staging.publish(dataset);
                published = true;
                reached.accept(Step.PUBLISHED);
            }
            catalog.records.create(own, EnvCatalog.key(env, record.generation()), NewRecord.of(record));
            reached.accept(Step.RECORDED);
            Path content = own.open(dataset).resolve(Environments.CONTENT);
            catalog.folder(env).point(own, content);
            reached.accept(Step.SWITCHED);
            return new Realized(source, record, content, true, plan.conflicts());
        } catch (RuntimeException e) {
            if (published) {
                discard(record, e);
            }
            throw e;
        }
    }

    private void fill(Staging staging, EnvRecord record, MergePlan plan, Map<PackageId, Path> roots) {
        Path content = staging.path().resolve(Environments.CONTENT);
        Path copy = staging.path().resolve(Environments.RECORD_COPY);
        String text = EnvRecordCodec.write(record);
        long bytes;
        try {
            Files.createDirectory(content);
            bytes = TreeFill.run(content, plan, record.strategy(), roots);
            Files.writeString(copy, text);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
        } catch (IOException e) {
            throw AxiomException.io("fill " + staging.path(), e);
        }
        reached.accept(Step.FILLED);
        staging.seal(properties(record, plan), bytes + text.length());
        reached.accept(Step.SEALED);
    }

    private Map<String, String> properties(EnvRecord record, MergePlan plan) {
        return Map.of(
                "env",
                env.value(),
                "generation",
                Integer.toString(record.generation()),
                "profile",
                record.profile().value(),
                "profile-generation",
                Integer.toString(record.profileGeneration()),
                "strategy",
                record.strategy().toString(),
                ON_CONFLICT,
                request.onConflict().toString(),
                CONFLICTS,
                Integer.toString(plan.conflicts().size()));
    }

    /** A generation that did not become a root is of no use to anybody. */
    private void discard(EnvRecord record, RuntimeException failure) {
        try {
            if (catalog.record(EnvCatalog.key(env, record.generation())).isEmpty()) {
                DatasetName dataset = StoreLayout.envDataset(env, record.generation());
                catalog.pool.destroyUnheld(lease, List.of(new Condemned(dataset, Optional.empty())));
            }
        } catch (RuntimeException left) {
            failure.addSuppressed(left); // recovery finds it
        }
    }
}
