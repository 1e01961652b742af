package dev.axiom.gc;

import dev.axiom.core.store.RecordKey;
import java.time.Instant;

/**
 * A generation that retention may decide on.
 *
 * @param key which one
 * @param created when its record was written (the file's modification time)
 * @param current whether its profile or environment points to it now; such a one is never pruned
 */
public record Generation(RecordKey key, Instant created, boolean current) {}
