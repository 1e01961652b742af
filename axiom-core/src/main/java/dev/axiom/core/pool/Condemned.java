package dev.axiom.core.pool;

import java.time.Instant;
import java.util.Optional;

/**
 * A dataset that a plan wants destroyed, with what the plan knew of it. If somebody has used it since, its dead-since
 * is no longer this one, and the pool leaves it alone.
 *
 * @param name the dataset
 * @param deadSince its dead-since as the plan saw it
 */
public record Condemned(DatasetName name, Optional<Instant> deadSince) {}
