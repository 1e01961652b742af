package dev.axiom.core.env;

import java.util.Optional;

/**
 * How the pruning of one generation ended.
 *
 * @param generation which
 * @param kept why it stays; empty if it went
 */
public record Pruned(EnvGeneration generation, Optional<String> kept) {}
