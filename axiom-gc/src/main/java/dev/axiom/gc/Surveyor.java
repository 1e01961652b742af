package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StateFile;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoredPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads what a plan is made from, changing nothing. What could be destroyed is read first, then the leases, then the
 * records: whatever comes into use meanwhile shows up in one of the later readings, or is new and not in the plan. (What
 * slips through all the same is held by then, and the pool refuses.)
 */
final class Surveyor {
    private final Target target;
    private final Consumer<AxiomException> trouble;

    Surveyor(Target target) {
        this(target, Damage.STOP);
    }

    /**
     * For those who collect nothing by what they see: the survey lacks what cannot be understood.
     *
     * @param trouble told of that; of the same more than once, if it is met more than once
     */
    Surveyor(Target target, Consumer<AxiomException> trouble) {
        this.target = target;
        this.trouble = trouble;
    }

    /** What {@code look} finds, or {@code otherwise} if that is damaged. */
    private <T> T look(Supplier<T> look, T otherwise) {
        try {
            return look.get();
        } catch (AxiomException e) {
            trouble.accept(Damage.only(e));
            return otherwise;
        }
    }

    /**
     * What the run will find, seen before it has cleaned up: records that a dead process was preparing or removing, and
     * those of deleted profiles, do not count, because the clean-up undoes or finishes them.
     *
     * @throws AxiomException {@code CORRUPT}, naming the file, if a root or a manifest cannot be understood, or a
     *     root lists what is missing
     */
    Survey foresee(CountedTime time) {
        Survey survey = read(time);
        Set<Path> abandoned = look(this::abandoned, new HashSet<>());
        for (GenerationSource source : target.generations()) {
            look(source::abandoned, List.<RecordFile>of()).forEach(record -> abandoned.add(record.path()));
        }
        List<Root> roots = survey.users().roots().stream()
                .filter(root -> !abandoned.contains(root.path()))
                .toList();
        checkWhole(survey, roots);
        return new Survey(
                time,
                survey.packages(),
                survey.environments(),
                new Survey.Users(roots, survey.users().leases()),
                survey.generations(),
                survey.lostHolds());
    }

    /**
     * What is there now. Every record counts as a root, in whatever state it is.
     *
     * @throws AxiomException {@code CORRUPT}, naming the file, if a root or a manifest cannot be understood
     */
    Survey read(CountedTime time) {
        List<StoredPackage> packages = target.store().list(trouble);
        target.store().checkManifests(packages, trouble);
        List<Dataset> environments = look(() -> environments(target.pool(), trouble), List.of());
        List<LeaseInfo> leases = look(target.pool()::leases, List.of());
        List<Root> roots = target.records().roots(trouble);
        List<Generation> generations = new ArrayList<>();
        for (GenerationSource source : target.generations()) {
            generations.addAll(look(source::generations, List.of()));
        }
        return new Survey(time, packages, environments, new Survey.Users(roots, leases), generations, lostHolds(roots));
    }

    private LostHolds lostHolds(List<Root> roots) {
        LostHolds holds = LostHolds.in(target.pool(), roots);
        return names -> look(() -> holds.of(names), Map.of());
    }

    static List<Dataset> environments(Pool pool) {
        return environments(pool, Damage.STOP);
    }

    private static List<Dataset> environments(Pool pool, Consumer<AxiomException> trouble) {
        List<Dataset> all = new ArrayList<>();
        for (DatasetName parent : pool.parents(StoreLayout.ENV, trouble)) {
            all.addAll(pool.list(parent, trouble));
        }
        return all;
    }

    /** Files of records in work whose lease is dead. The leases are asked last: a dead one never comes to life. */
    private Set<Path> abandoned() {
        List<RecordFile> inWork = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            for (RecordFile record : target.records().list(kind)) {
                if (record.state() != RecordFile.State.READY) {
                    inWork.add(record);
                }
            }
        }
        if (inWork.isEmpty()) {
            return new HashSet<>();
        }
        Set<String> living = target.pool().leases().stream().map(LeaseInfo::id).collect(Collectors.toSet());
        return inWork.stream()
                .filter(record -> !living.contains(record.lease()))
                .map(RecordFile::path)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Finds the damage at which the run would stop when it repairs the holds. */
    private void checkWhole(Survey survey, List<Root> roots) {
        Set<PackageId> known =
                survey.packages().stream().map(StoredPackage::id).collect(Collectors.toCollection(HashSet::new));
        for (Root root : roots) {
            look(
                    () -> {
                        checkWhole(root, known);
                        return root;
                    },
                    root);
        }
    }

    private void checkWhole(Root root, Set<PackageId> known) {
        for (PackageId id : root.packages()) {
            boolean missing = root.state() == RecordFile.State.READY
                    && !known.contains(id)
                    && target.store().find(id).isEmpty() // else it was added after the listing
                    && StateFile.exists(root.path()); // else the root went, and the package after it
            if (missing) {
                throw new AxiomException(
                        ErrorCode.CORRUPT,
                        root.path() + " lists a package that does not exist: " + id,
                        "add it again, or give up what lists it: " + root.key().removal(),
                        null);
            }
        }
    }
}
