package dev.axiom.core.pool;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a listing tells of one sealed dataset, without opening a file in it.
 *
 * @param name its name
 * @param properties what it was sealed with; never changes
 * @param deadSince when a collection first found that nothing uses it; empty while it is alive or not yet looked at
 * @param bytes the space that its destruction would free, as the pool knows it
 */
public record Dataset(DatasetName name, Map<String, String> properties, Optional<Instant> deadSince, long bytes) {
    public Dataset {
        properties = Map.copyOf(properties);
    }
}
