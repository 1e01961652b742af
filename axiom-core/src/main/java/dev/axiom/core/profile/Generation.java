package dev.axiom.core.profile;

import dev.axiom.core.model.LockFile;
import java.time.Instant;

/**
 * A generation of a profile.
 *
 * @param number from 1; a later one has a higher number
 * @param created when it was resolved, as its file's time tells
 * @param current whether the profile points to it
 * @param lock its packages
 */
public record Generation(int number, Instant created, boolean current, LockFile lock) {}
