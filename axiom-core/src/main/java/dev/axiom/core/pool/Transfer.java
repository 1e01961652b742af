package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Sends sealed datasets from pool to pool as they are, and receives them. For pools whose file system can do that; see
 * {@link Pool#transfer}. A stream comes from a pool that is trusted as much as its packages are: the kernel reads it.
 */
public interface Transfer {
    /**
     * Writes a sealed dataset as a stream.
     *
     * @param lease holds the dataset before the call
     * @param rest the {@linkplain PartlyReceivedException#rest() rest} that a receiver asks for; empty for all of it
     * @throws IOException if {@code out} does not take it
     * @throws AxiomException {@code INVALID} if the rest is of another dataset, or none; {@code UNAVAILABLE} if the pool fails
     */
    void send(Lease lease, DatasetName name, Optional<String> rest, OutputStream out) throws IOException;

    /**
     * Fills a new staging dataset from a stream. What a stream that breaks off has brought is kept for a day, in the pool
     * and under the key, not in the lease.
     *
     * @param key {@code [0-9a-f]+}, the same for the same content: one process at a time receives it
     * @param isRest whether the stream goes on where an earlier one broke off; a whole one starts anew
     * @return the filled dataset; its folder is for reading, until it is sealed
     * @throws PartlyReceivedException if the stream breaks off
     * @throws AxiomException {@code INVALID} if it is no stream, or nothing is there that it could go on with; {@code BUSY} if
     *     another process receives it; {@code UNAVAILABLE} if the pool fails. Nothing is left then
     */
    Staging receive(Lease lease, String key, boolean isRest, InputStream in);
}
