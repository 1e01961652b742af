package dev.axiom.core.env;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Records.IfDamaged;
import dev.axiom.core.store.Rereading;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The environments of a pool. A generation is a sealed dataset {@code env/<name>/<n>} with the merged tree in
 * {@code root/}, and a record that keeps its packages alive; {@code state/envs/<name>/current} is a symbolic link to the
 * current generation's {@code root}. Readers take no lock; writers take the environment's lock alone, and none of them
 * waits for a collection.
 */
public final class Environments {
    /** The folder with the content, in a package's dataset as in an environment's. */
    static final String CONTENT = "root";

    /** A copy of the record beside the content, for people who look into a generation. */
    static final String RECORD_COPY = "env.yaml";

    private final EnvCatalog catalog;
    private final StoreLocks locks;
    private final Consumer<Step> reached;

    /** @param locks with the caller's timeout */
    public Environments(Pool pool, StoreLayout layout, Records records, StoreLocks locks) {
        this(new EnvCatalog(pool, layout, records), locks, step -> {});
    }

    /** @param reached told of every step of a realization; what it throws ends the realization there */
    Environments(EnvCatalog catalog, StoreLocks locks, Consumer<Step> reached) {
        this.catalog = catalog;
        this.locks = locks;
        this.reached = reached;
    }

    /**
     * Makes a new current generation of an environment, or keeps the current one if that was made of the same
     * generation of the same profile in the same way.
     *
     * @param lease protects the packages; when this returns, the generation's record does so too
     * @throws EnvConflictException if packages want the same path and the policy lets none win
     * @throws dev.axiom.core.lock.LockBusyException if another changes the environment until the timeout is over
     * @throws AxiomException {@code CORRUPT} if a package is missing or not as listed; {@code UNAVAILABLE} if the pool
     *     fails. Whatever is thrown: the environment is as before, or has the new generation and not yet points to it
     */
    public Realized realize(Lease lease, EnvName env, RealizeRequest request) {
        try (FileLock lock = lock(env)) {
            return new Realization(catalog, lease, env, request, reached).run();
        }
    }

    /** All environments, sorted by name. */
    public List<EnvSummary> list() {
        return catalog.names().stream()
                .map(this::current)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The environments that have a folder, sorted; {@code trouble} is told of what else lies there. */
    public List<EnvName> names(Consumer<AxiomException> trouble) {
        return catalog.folders(trouble).stream().sorted().toList();
    }

    /** An environment as it is now. @throws AxiomException {@code NOT_FOUND} if there is none of this name */
    public EnvSummary show(EnvName env) {
        return current(env).orElseThrow(() -> EnvCatalog.noSuchEnv(env));
    }

    /** An environment as it is now, or empty if there is none of this name. */
    public Optional<EnvSummary> current(EnvName env) {
        return catalog.generations(env).stream()
                .filter(EnvGeneration::current)
                .findFirst()
                .map(generation -> new EnvSummary(generation, pointer(env)));
    }

    /** Its generations, the oldest first. @throws AxiomException {@code NOT_FOUND} if there is no such environment */
    public List<EnvGeneration> generations(EnvName env) {
        List<EnvGeneration> generations = catalog.generations(env);
        if (generations.isEmpty()) {
            throw EnvCatalog.noSuchEnv(env);
        }
        return generations;
    }

    /** The folder that directly holds {@code bin} and the like of whatever generation is current. */
    public Path pointer(EnvName env) {
        return catalog.layout.envPointer(env);
    }

    /**
     * Makes an existing generation the current one.
     *
     * @param number which; empty for the one before the current
     * @return the generation that is current now
     * @throws AxiomException {@code NOT_FOUND} if there is no such generation; {@code CORRUPT} if its files are missing
     */
    public EnvSummary rollback(Lease lease, EnvName env, Optional<Integer> number) {
        try (FileLock lock = lock(env)) {
            List<EnvGeneration> all = generations(env);
            EnvGeneration target = catalog.generation(env, number.orElseGet(() -> previous(env, all)));
            try (Lease look = catalog.pool.lease("axiom env rollback " + env)) {
                catalog.folder(env).point(lease, protect(look, target.record()).path());
            } catch (DatasetMissingException e) {
                throw EnvCatalog.damaged(EnvCatalog.key(env, target.number()));
            }
            return show(env);
        }
    }

    private int previous(EnvName env, List<EnvGeneration> all) {
        int current = catalog.folder(env).current().orElse(Integer.MAX_VALUE);
        return all.stream()
                .mapToInt(EnvGeneration::number)
                .filter(number -> number < current)
                .max()
                .orElseThrow(() -> new AxiomException(
                        ErrorCode.NOT_FOUND,
                        "environment '" + env + "' has no generation before the current one",
                        "axiom env generations " + env,
                        null));
    }

    /** What differs between the packages of two generations. @throws AxiomException {@code NOT_FOUND} */
    public List<PackageChange> diff(EnvName env, int before, int after) {
        return PackageChange.between(
                catalog.generation(env, before).record().packages(),
                catalog.generation(env, after).record().packages());
    }

    /**
     * Removes one generation, or the whole environment.
     *
     * @param number which; empty for all
     * @param ifDamaged what to do if a record is damaged; a damaged generation can be removed though it is the current one,
     *     and the newest whole one takes its place
     * @throws AxiomException {@code NOT_FOUND} if there is no such generation; {@code BUSY} if it is the current one, or
     *     a running command uses it (then, when all were to go, some that nobody used may be gone)
     */
    public void remove(Lease lease, EnvName env, Optional<Integer> number, IfDamaged ifDamaged) {
        try (EnvCleaning cleaning = new EnvCleaning(catalog, lease); // closed last, when others have the lock again
                FileLock lock = lock(env)) {
            if (ifDamaged == IfDamaged.RELEASE) {
                cleaning.removeDamaged(env, number);
            } else if (number.isPresent()) {
                generations(env); // for the better message if there is no such environment at all
                cleaning.remove(catalog.generation(env, number.get()));
            } else {
                cleaning.removeAll(env);
            }
        }
    }

    /** As the other, and refuses damaged records. */
    public void remove(Lease lease, EnvName env, Optional<Integer> number) {
        remove(lease, env, number, IfDamaged.REFUSE);
    }

    /** The generations of all environments. */
    public List<EnvGeneration> allGenerations() {
        return catalog.names().stream()
                .flatMap(env -> catalog.generations(env).stream())
                .toList();
    }

    /**
     * Removes a generation, unless it has become the current one, or is used. One that is gone already counts as removed.
     *
     * @return why it stays; empty if it is gone
     * @throws dev.axiom.core.lock.LockBusyException if another changes the environment until the timeout is over
     */
    public Optional<String> prune(Lease lease, EnvName env, int number) {
        try (EnvCleaning cleaning = new EnvCleaning(catalog, lease)) {
            return cleaning.prune(env, number, locks);
        }
    }

    /** Generations whose files are missing from the pool. */
    public List<RecordKey> damaged() {
        return catalog.damaged();
    }

    /**
     * Removes what crashes left of generations, and points environments that lost their pointer to their newest
     * generation. Part of every start, after {@link Pool#recover()} and {@link Records#recover()}. Locking: tries each
     * environment that needs it, exclusively, and passes over those that are in use.
     */
    public EnvRecovery recover(Lease lease) {
        try (EnvCleaning cleaning = new EnvCleaning(catalog, lease)) {
            return cleaning.recover();
        }
    }

    /**
     * Opens a generation for use: as long as the lease lives, neither it nor its packages go, and it cannot be removed.
     *
     * @param number which; empty for the current one
     * @throws AxiomException {@code NOT_FOUND} if there is no such generation; {@code CORRUPT} if its files are missing
     */
    public OpenEnv open(Lease lease, EnvName env, Optional<Integer> number) {
        for (int i = 0; i < Rereading.TRIES; i++) {
            int generation =
                    number.or(() -> catalog.folder(env).current()).orElseThrow(() -> EnvCatalog.noSuchEnv(env));
            RecordKey key = EnvCatalog.key(env, generation);
            Optional<EnvRecord> record = catalog.record(key);
            if (record.isPresent()) {
                try {
                    return protect(lease, record.get());
                } catch (DatasetMissingException removedMeanwhile) {
                    if (catalog.damaged().contains(key)) {
                        throw EnvCatalog.damaged(key);
                    }
                    if (number.isPresent()) {
                        // Says so if it is on its way out: its files go before its record.
                        catalog.generation(env, generation);
                    }
                }
            } else if (number.isPresent()) {
                throw EnvCatalog.noSuchGeneration(env, generation);
            }
        }
        // A removal that was killed leaves this, until the next start mends the pointer.
        throw new AxiomException(
                ErrorCode.NOT_FOUND,
                pointer(env) + " points to a generation that does not exist",
                "axiom env rollback " + env + " N, or axiom env realize " + env + " PROFILE",
                null);
    }

    /**
     * The packages besides: a record that a killed command was removing does not hold them for ever. What is protected
     * before the record is looked at again stays.
     */
    private OpenEnv protect(Lease lease, EnvRecord record) {
        DatasetName dataset = StoreLayout.envDataset(record.env(), record.generation());
        List<DatasetName> all = new ArrayList<>(
                record.packages().stream().map(StoreLayout::packageDataset).toList());
        all.add(dataset);
        lease.openAll(all);
        return new OpenEnv(record, lease.open(dataset).resolve(CONTENT));
    }

    private FileLock lock(EnvName env) {
        return locks.exclusive(RecordKind.ENV, env.value());
    }
}
