package dev.axiom.core.env;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.lock.Owner;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.pool.Taken;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Records.IfDamaged;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes environments away: what a user removes, what a collection prunes, what a crash left. The pool decides in the
 * end: a generation that a running command protects stays, with its record and so with its packages. To be closed when the
 * environment's lock is given back, for then the files go, which takes long where they are copies.
 */
final class EnvCleaning implements AutoCloseable {
    private final EnvCatalog catalog;
    private final Lease lease;
    private final List<Taken> taken = new ArrayList<>();

    EnvCleaning(EnvCatalog catalog, Lease lease) {
        this.catalog = catalog;
        this.lease = lease;
    }

    /** Locking: none. */
    @Override
    public void close() {
        taken.forEach(Taken::erase);
        taken.clear();
    }

    /** Locking: exclusive, by the caller. Removes one generation that is not the current one. */
    void remove(EnvGeneration generation) {
        if (generation.current()) {
            throw new AxiomException(
                    ErrorCode.BUSY,
                    "generation " + generation.number() + " of environment '" + generation.env()
                            + "' is the current one",
                    "first: axiom env rollback " + generation.env()
                            + " N; or remove the whole environment: axiom env remove " + generation.env(),
                    null);
        }
        destroy(generation, () -> {}).ifPresent(reason -> {
            throw inUse(generation, reason);
        });
    }

    /** Locking: exclusive, by the caller. Removes all generations, the current one last. */
    void removeAll(EnvName env) {
        List<EnvGeneration> generations = catalog.generations(env);
        if (generations.isEmpty()) {
            throw EnvCatalog.noSuchEnv(env);
        }
        for (EnvGeneration generation : generations) {
            users(dataset(generation))
                    .ifPresent(
                            users -> { // before anything is gone
                                throw inUse(generation, users);
                            });
        }
        generations.stream().filter(each -> !each.current()).forEach(this::remove);
        generations.stream().filter(EnvGeneration::current).forEach(this::removeCurrent);
        catalog.folder(env).unpoint();
        catalog.folder(env).delete();
    }

    /**
     * Removes generations whose records may be damaged. One that is whole stays if it is the current one, unless all are to
     * go. Locking: exclusive, by the caller.
     */
    void removeDamaged(EnvName env, Optional<Integer> number) {
        List<RecordKey> keys = catalog.records.list(RecordKind.ENV, env.value()).stream()
                .map(RecordFile::key)
                .filter(key -> number.isEmpty() || number.get() == key.generation())
                .toList();
        if (keys.isEmpty()) {
            if (number.isPresent() && releaseLost(EnvCatalog.key(env, number.get()))) {
                return;
            }
            throw number.isPresent() ? EnvCatalog.noSuchGeneration(env, number.get()) : EnvCatalog.noSuchEnv(env);
        }
        if (number.isPresent() && catalog.records.isWhole(keys.get(0))) {
            remove(catalog.generation(env, number.get()));
            return;
        }
        keys.forEach(key -> users(dataset(key)).ifPresent(users -> {
            throw inUse(key, users);
        }));
        keys.forEach(this::removeDamaged);
        if (number.isEmpty()) {
            catalog.folder(env).unpoint();
            catalog.folder(env).delete();
        } else if (pointsNowhere(env)) {
            point(env);
        }
    }

    private boolean releaseLost(RecordKey key) {
        return catalog.records.remove(lease, key, Records.Between.NOTHING, IfDamaged.RELEASE);
    }

    private void removeDamaged(RecordKey key) {
        EnvFolder folder = catalog.folder(new EnvName(key.owner()));
        boolean current = folder.current().equals(Optional.of(key.generation()));
        destroy(key, current ? folder::unpoint : () -> {}, IfDamaged.RELEASE).ifPresent(reason -> {
            throw inUse(key, reason);
        });
    }

    private void removeCurrent(EnvGeneration generation) {
        EnvFolder folder = catalog.folder(generation.env());
        Optional<String> kept = destroy(generation, folder::unpoint);
        if (kept.isPresent()) {
            folder.point(lease, lease.open(dataset(generation)).resolve(Environments.CONTENT));
            throw inUse(generation, kept.get());
        }
    }

    /** @return why it stays, or empty */
    private Optional<String> destroy(EnvGeneration generation, Runnable before) {
        return destroy(key(generation), before, IfDamaged.REFUSE);
    }

    private Optional<String> destroy(RecordKey key, Runnable before, IfDamaged ifDamaged) {
        List<String> reasons = new ArrayList<>();
        Records.Between between = () -> {
            before.run();
            take(List.of(dataset(key))).stream()
                    .filter(result -> !isGone(result))
                    .map(this::reason)
                    .forEach(reasons::add);
            return reasons.isEmpty();
        };
        catalog.records.remove(lease, key, between, ifDamaged);
        return reasons.stream().findFirst();
    }

    private List<Destruction> take(List<DatasetName> datasets) {
        List<Condemned> batch = datasets.stream()
                .map(name -> new Condemned(name, catalog.pool.find(name).flatMap(Dataset::deadSince)))
                .toList();
        Taken some = catalog.pool.takeUnheld(lease, batch);
        taken.add(some);
        return some.results();
    }

    private static boolean isGone(Destruction result) {
        return result.outcome() == Destruction.Outcome.DESTROYED || result.outcome() == Destruction.Outcome.MISSING;
    }

    /** A lease's id says nothing to a person; what its owner is doing does. */
    private String reason(Destruction result) {
        return result.outcome() == Destruction.Outcome.HELD
                ? users(result.name()).orElse(result.reason())
                : result.reason();
    }

    private Optional<String> users(DatasetName dataset) {
        List<String> users = catalog.pool.leases().stream()
                .filter(living -> living.datasets().contains(dataset))
                .map(LeaseInfo::owner)
                .map(owner -> owner.map(Owner::toString).orElse("another process"))
                .toList();
        return users.isEmpty() ? Optional.empty() : Optional.of("it is used by " + String.join(", ", users));
    }

    private static AxiomException inUse(EnvGeneration generation, String reason) {
        return inUse(key(generation), reason);
    }

    private static AxiomException inUse(RecordKey key, String reason) {
        return new AxiomException(
                ErrorCode.BUSY,
                "cannot remove generation " + key.generation() + " of environment '" + key.owner() + "': " + reason,
                "try again when it is no longer used",
                null);
    }

    private static DatasetName dataset(EnvGeneration generation) {
        return dataset(key(generation));
    }

    private static DatasetName dataset(RecordKey key) {
        return StoreLayout.envDataset(new EnvName(key.owner()), key.generation());
    }

    private static RecordKey key(EnvGeneration generation) {
        return EnvCatalog.key(generation.env(), generation.number());
    }

    /**
     * Removes a generation, unless it is the current one. Reads no record but this one, for a collection may prune many, one
     * after another. Locking: exclusive.
     *
     * @return why it stays, or empty
     */
    Optional<String> prune(EnvName env, int number, StoreLocks locks) {
        try (FileLock lock = locks.exclusive(RecordKind.ENV, env.value())) {
            return isCurrent(env, number)
                    ? Optional.of("it is the current one")
                    : destroy(EnvCatalog.key(env, number), () -> {}, IfDamaged.REFUSE);
        }
    }

    /** Only where the pointer names no generation do all of them tell which one counts as the current one. */
    private boolean isCurrent(EnvName env, int number) {
        Optional<Integer> pointed = catalog.folder(env).current();
        if (pointed.isPresent() && catalog.hasReady(EnvCatalog.key(env, pointed.get()))) {
            return pointed.get() == number;
        }
        return catalog.generations(env).stream().anyMatch(one -> one.current() && one.number() == number);
    }

    /** Removes what no record names and mends pointers. Passes over environments that somebody works on. */
    EnvRecovery recover() {
        List<DatasetName> destroyed = new ArrayList<>();
        List<AxiomException> problems = new ArrayList<>();
        StoreLocks locks = new StoreLocks(catalog.layout, Duration.ZERO, "cleaning up after a crash");
        TreeSet<EnvName> all = new TreeSet<>(catalog.folders(problems::add));
        all.addAll(catalog.parents(problems::add));
        for (EnvName env : all) {
            try {
                if (!catalog.orphans(env).isEmpty() || pointsNowhere(env)) {
                    destroyed.addAll(recover(env, locks));
                }
                catalog.damaged(env).forEach(key -> problems.add(EnvCatalog.damaged(key)));
            } catch (LockBusyException inUse) {
                // whoever works on it is alive, and leaves nothing behind
            } catch (AxiomException e) {
                problems.add(e);
            }
        }
        return new EnvRecovery(destroyed, problems);
    }

    /** Looks again under the lock: what was an orphan a moment ago may have got its record. */
    private List<DatasetName> recover(EnvName env, StoreLocks locks) {
        try (FileLock lock = locks.exclusive(RecordKind.ENV, env.value())) {
            List<DatasetName> orphans = catalog.orphans(env);
            List<DatasetName> batch = orphans.subList(0, Math.min(orphans.size(), Pool.BATCH));
            List<DatasetName> gone = take(batch).stream()
                    .filter(EnvCleaning::isGone)
                    .map(Destruction::name)
                    .collect(Collectors.toList());
            if (pointsNowhere(env)) {
                point(env);
            }
            return gone;
        }
    }

    private boolean pointsNowhere(EnvName env) {
        Optional<Integer> current = catalog.folder(env).current();
        if (current.isEmpty()) {
            return !catalog.generations(env).isEmpty();
        }
        return catalog.record(EnvCatalog.key(env, current.get())).isEmpty();
    }

    /** To the newest generation there is; a crash came between its record and the switch, or in a removal. */
    private void point(EnvName env) {
        List<Integer> whole = catalog.generations(env).stream()
                .map(EnvGeneration::record)
                .map(EnvRecord::generation)
                .filter(number -> catalog.hasDataset(EnvCatalog.key(env, number)))
                .toList();
        if (whole.isEmpty()) {
            catalog.folder(env).unpoint();
            return;
        }
        DatasetName newest = StoreLayout.envDataset(env, whole.get(whole.size() - 1));
        try (Lease look = catalog.pool.lease("cleaning up after a crash")) {
            catalog.folder(env).point(look, look.open(newest).resolve(Environments.CONTENT));
        }
    }
}
