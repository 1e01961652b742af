package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Protection for work in progress, which dies with the process that took it. It is the only way to a dataset's path
 * and the only way to make one. Safe to use from several threads.
 */
public interface Lease extends AutoCloseable {

    /** A UUID; the lease's hold tag is {@link HoldTag#ofLease}. */
    String id();

    /**
     * Holds sealed datasets until the lease is closed or its process dies, all of them or none. What is held already
     * stays so. Clears their dead-since.
     *
     * @throws DatasetMissingException if one does not exist; names all that do not
     */
    void protect(Collection<DatasetName> names);

    /**
     * The folder of a sealed dataset, mounted and protected by this lease (it need not be protected before). Good as
     * long as the lease lives.
     *
     * @throws DatasetMissingException if it does not exist
     */
    Path open(DatasetName name);

    /**
     * As {@link #open} for each, all of them or none protected: afterwards the folders are there, for those who know
     * their paths already, such as the links of an environment.
     *
     * @throws DatasetMissingException if one does not exist; names all that do not
     */
    default void openAll(Collection<DatasetName> names) {
        protect(names);
    }

    /**
     * As {@link #open}, for those who only look at a dataset and do not use it: its dead-since stays, where the pool can
     * tell the two apart. Else a check of the whole store would put off its collection every time.
     *
     * @throws DatasetMissingException if it does not exist
     */
    default Path look(DatasetName name) {
        return open(name);
    }

    /** A new empty dataset to fill; garbage if this lease ends before it is published. */
    Staging stage();

    /**
     * Whether the lease is still in force. A lease can only be lost with the pool itself (it was exported, or its state
     * folder deleted under us).
     */
    boolean isAlive();

    /**
     * Gives the descriptor that keeps this lease alive to programs that replace or are started by this process, so that
     * the lease lives until the last of them ends.
     *
     * @throws AxiomException {@code UNAVAILABLE} if the system refuses
     */
    void inherit();

    /** Releases everything. Closing twice is fine. Does not throw: what could not be released ends with the process. */
    @Override
    void close();
}
