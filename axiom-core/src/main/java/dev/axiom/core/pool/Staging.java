package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.nio.file.Path;
import java.util.Map;

/** A dataset in the making. Use in one thread; close it always: what is not published by then is destroyed. */
public interface Staging extends AutoCloseable {

    /** Where it is; {@code staging/<lease>-<n>}. */
    DatasetName name();

    /** The empty folder to fill. */
    Path path();

    /**
     * Ends the filling: the content becomes read-only and the dataset sealed, together with its properties and a hold
     * of the lease, in one step. Write bits of what is inside were taken away by the one who filled it.
     *
     * @param properties keys {@code [a-z0-9._-]+}, values up to 8,000 bytes
     * @param bytes the space it takes, for pools that do not count by themselves
     * @throws AxiomException {@code UNAVAILABLE} if the pool fails; the staging can only be closed then; {@code INVALID}
     *     if a property breaks a rule of {@link SealProperties}; the staging is as before
     */
    void seal(Map<String, String> properties, long bytes);

    /**
     * Gives the sealed dataset its final name. It is durable before it is visible, and visible to all at once; when
     * this returns, the name is durable too. The lease goes on holding it.
     *
     * @throws DatasetExistsException if the name is taken, by a dataset that is durable at the latest when the lease
     *     protects it; the staging is unchanged and can be published under another
     * @throws AxiomException {@code UNAVAILABLE} if the pool fails, or the lease is lost; if only making the name durable
     *     fails, the dataset is there, whole, but a power cut could take it
     */
    void publish(DatasetName name);

    /** Destroys what was not published. Closing twice is fine. */
    @Override
    void close();
}
