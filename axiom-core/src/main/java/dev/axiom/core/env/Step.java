package dev.axiom.core.env;

/** Where a realization stands; tests stop it there and kill it. */
enum Step {
    /** The environment is locked and all packages are protected. */
    PROTECTED,
    /** The staging has all files. */
    FILLED,
    /** The staging is sealed. */
    SEALED,
    /** The generation has its final name, but nobody knows of it yet. */
    PUBLISHED,
    /** It is a root. */
    RECORDED,
    /** It is current. */
    SWITCHED
}
