package dev.axiom.core.resolve;

import java.util.Locale;

/** Which of several versions that would all do is taken. A release is preferred to a prerelease either way. */
public enum Preference {
    /** The newest version. */
    NEWEST,
    /** The oldest version, to find out whether lower bounds are true. */
    OLDEST;

    /** The name on the command line, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
