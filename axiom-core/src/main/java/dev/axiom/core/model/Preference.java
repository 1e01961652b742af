package dev.axiom.core.model;

import java.util.Locale;

/** Which of several versions that would all do is taken. A release is preferred to a prerelease in any case. */
public enum Preference {
    /** The newest version. */
    NEWEST,
    /** The oldest version, to find out whether lower bounds are true. */
    OLDEST,
    /** The one that the lock file has, also when everything else is upgraded; the newest if it has none. */
    LOCKED;

    /**
     * The preference called {@code newest}, {@code oldest} or {@code locked}.
     *
     * @throws AxiomException {@code INVALID} if it is another word
     */
    public static Preference named(String name) {
        return Texts.named("preference", name, values());
    }

    /** The name on the command line, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
