package dev.axiom.core.resolve;

/** Which of several versions that would all do is taken. A release is preferred to a prerelease either way. */
public enum Preference {
    /** The newest version. */
    NEWEST,
    /** The oldest version, to find out whether lower bounds are true. */
    OLDEST
}
