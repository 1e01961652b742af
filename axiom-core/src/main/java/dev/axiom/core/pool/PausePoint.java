package dev.axiom.core.pool;

/**
 * Places between two steps of a {@link DirectoryPool} at which a crash leaves something to recover from. Tests stop or
 * kill a process there; otherwise nothing happens at them.
 */
enum PausePoint {
    /** A lease exists; nothing is staged. */
    LEASED,
    /** A staging folder exists, without a seal. */
    STAGED,
    /** Sealed, durable, not yet under its final name. */
    BEFORE_PUBLISH,
    /** Under its final name, which is not durable yet. */
    PUBLISHED,
    /** Some of several holds are there. */
    HOLDING,
    /** Some of several holds are gone. */
    RELEASING,
    /** Some of several datasets are marked. */
    MARKING,
    /** A dataset is in the trash; the pool's lock is held alone. */
    CONDEMNED,
    /** The whole batch is in the trash, durably; no file is deleted. */
    BEFORE_ERASE,
    /** A dead lease's staging is out of the way, but not deleted. */
    RECOVERING
}
