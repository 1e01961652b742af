package dev.axiom.core.env;

import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import java.time.Instant;

/**
 * A generation of an environment.
 *
 * @param record which, from what, with which packages
 * @param created when it was made, as its record's time tells
 * @param current whether the environment points to it
 */
public record EnvGeneration(EnvRecord record, Instant created, boolean current) {

    /** The same generation as the one that the environment points to. */
    EnvGeneration asCurrent() {
        return new EnvGeneration(record, created, true);
    }

    /** The environment's name. */
    public EnvName env() {
        return record.env();
    }

    /** Its number; a later generation has a higher one. */
    public int number() {
        return record.generation();
    }
}
