package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where datasets live. A pool keeps whole, sealed datasets; it says who holds them; and it alone decides, in one atomic
 * step, whether one may be destroyed.
 *
 * <p>Duties of every pool:
 * <ul>
 *   <li>A dataset outside {@code staging/} and {@code trash/} is sealed: whole, durable and unchanging. No crash shows
 *       another state.
 *   <li>While a living hold exists on a dataset, nothing in Axiom can destroy it.
 *   <li>A permanent hold, a published dataset and a dead-since are durable when the call returns.
 *   <li>A lease's holds end when its process ends, however it ends, and not before.
 *   <li>Every method may be called by any number of threads and processes at once; none waits for another's file work.
 * </ul>
 *
 * <p>What a pool never does: destroy recursively, unmount by force, defer a destruction, remove what Axiom did not make.
 *
 * <p>All methods throw {@link AxiomException} {@code UNAVAILABLE} when the pool cannot be reached, is full or refuses
 * this user, and {@code CORRUPT}, naming the place, when it finds what Axiom cannot have written. Unless a method says
 * otherwise, a failed call has changed nothing.
 */
public interface Pool extends AutoCloseable {

    /** How a user names it: {@code dir:/path} or {@code zfs:tank/axiom}. */
    String location();

    /** The mounted folder for state files. {@link #sync()} makes what was written there durable. */
    Path state();

    /**
     * Takes a lease. Its staging, holds and opened datasets are safe from every collector until it is closed.
     *
     * @param purpose what for; others read it in their messages
     */
    Lease lease(String purpose);

    /**
     * As {@link #lease}, for those who make room: a pool that is full gives it from what it keeps for them.
     *
     * @param purpose what for; others read it in their messages
     */
    default Lease leaseInNeed(String purpose) {
        return lease(purpose);
    }

    /**
     * Reads a dataset for who may read the pool and may not write to it, and so cannot take a lease. Nothing protects the
     * dataset meanwhile; but if it went, that is what the caller is told, whatever the reading came to. So what is returned,
     * and what the reading throws, is of a dataset that was there all the time. Where a pool cannot do so, it takes a lease.
     *
     * @param reading gets the dataset's folder, which is no good after it; its own exceptions pass through
     * @throws DatasetMissingException if the dataset does not exist, or was removed meanwhile
     */
    default <T> T glance(DatasetName name, Function<Path, T> reading) {
        try (Lease lease = lease("a look at " + name)) {
            return reading.apply(lease.look(name));
        }
    }

    /**
     * The folder where a dataset's files can be read as they lie, whether or not there is (still) such a dataset; empty
     * where they are out of reach until a lease opens them. As with {@link #glance}, nothing protects it meanwhile.
     */
    default Optional<Path> folderAtRest(DatasetName name) {
        return Optional.empty();
    }

    /** The leases that live now, of all processes. */
    List<LeaseInfo> leases();

    /**
     * The sealed datasets directly below a parent such as {@code store} or {@code env/dev}; empty if it is missing. In no order.
     *
     * @throws AxiomException {@code CORRUPT}, naming the place, if one cannot be understood
     */
    default List<Dataset> list(DatasetName parent) {
        return list(parent, Damage.STOP);
    }

    /**
     * As {@link #list(DatasetName)}, for those who take nothing away from what they do not see: the list lacks what cannot
     * be understood.
     *
     * @param trouble told of each of these, {@code CORRUPT}, naming the place
     */
    default List<Dataset> list(DatasetName parent, Consumer<AxiomException> trouble) {
        return Damage.passingOver(parents(parent, trouble).stream(), this::find, trouble);
    }

    /**
     * The names of parents directly below a parent, such as the environments below {@code env}. In no order.
     *
     * @throws AxiomException {@code CORRUPT}, naming the place, if one is no name that Axiom gives
     */
    default List<DatasetName> parents(DatasetName parent) {
        return parents(parent, Damage.STOP);
    }

    /**
     * As {@link #parents(DatasetName)}, for those who take nothing away from what they do not see.
     *
     * @param trouble told of each name that is none of Axiom's and left out, {@code CORRUPT}, naming the place
     */
    List<DatasetName> parents(DatasetName parent, Consumer<AxiomException> trouble);

    /** One sealed dataset, or empty. A hint: without a lease it may be gone in the next moment. */
    Optional<Dataset> find(DatasetName name);

    /**
     * Holds sealed datasets for good, all of them or none; a tag that is there already stays. Clears their dead-since.
     * If only making it durable fails, the holds are there, but a power cut could take them.
     *
     * @throws DatasetMissingException if one does not exist; names all that do not; no hold was added then
     */
    void hold(HoldTag tag, Collection<DatasetName> names);

    /**
     * Takes the tag away from the datasets; those that lack it, or do not exist, are passed over. After a failure some
     * may still have it.
     */
    void release(HoldTag tag, Collection<DatasetName> names);

    /** The living holds, of leases too. Datasets without any, or that do not exist, are left out. */
    Map<DatasetName, Set<HoldTag>> holds(Collection<DatasetName> names);

    /**
     * Writes dead-since on those of the datasets that nobody holds in that moment; the others are passed over. After a
     * failure some may be marked.
     */
    void markDead(Collection<DatasetName> names, Instant since);

    /** Removes dead-since; datasets that lack it, or do not exist, are passed over. After a failure some may be left. */
    void clearDead(Collection<DatasetName> names);

    /**
     * Destroys the datasets that exist, are not held, not busy, and still as condemned: the look and the deed are one
     * atomic step for each. A batch is at most {@link #BATCH} long. After a failure some may be destroyed; none is
     * half there.
     *
     * @param owner the lease of who asks; what a crash leaves behind belongs to it
     * @return one result each, in the order given
     */
    List<Destruction> destroyUnheld(Lease owner, List<Condemned> batch);

    /**
     * As {@link #destroyUnheld}, for who holds a lock that others wait for: when this returns, what goes is out of the store,
     * durably, and its name is free; its files may still be there until {@link Taken#erase}. Where destroying takes no longer
     * for more files, nothing is left to erase.
     */
    default Taken takeUnheld(Lease owner, List<Condemned> batch) {
        return Taken.erased(destroyUnheld(owner, batch));
    }

    /** How many datasets one {@link #destroyUnheld} takes at most, so that others wait milliseconds. */
    int BATCH = 256;

    /**
     * Removes staging, trash and holds of leases that are dead, and nothing that Axiom has not made. Called at the start
     * of every command that writes.
     *
     * @throws AxiomException the failure if something of that cannot be removed; the others are all the same
     */
    default void recover() {
        recover(Damage.STOP);
    }

    /**
     * As {@link #recover()}, for those who can do their work beside it: it protects nothing, and a later start tries again.
     *
     * @param trouble told, once all others are removed, if something cannot be
     */
    void recover(Consumer<AxiomException> trouble);

    /** Sends and receives datasets as they are; empty where a pool cannot. */
    default Optional<Transfer> transfer() {
        return Optional.empty();
    }

    /** Makes everything durable that was written below {@link #state()} before the call. */
    void sync();

    /** Ends this process's use of the pool. Leases must be closed before. */
    @Override
    void close();
}
