package dev.axiom.core.profile;

import dev.axiom.core.model.LockFile;

/**
 * The lock file of one generation.
 *
 * @param generation its number
 * @param lock the packages
 */
public record Locked(int generation, LockFile lock) {}
