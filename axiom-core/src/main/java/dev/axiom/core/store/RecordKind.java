package dev.axiom.core.store;

/** The kinds of persistent roots: what a record's file is called and what its hold tag starts with. */
public enum RecordKind {
    /** A generation of a profile's lock file. */
    PROFILE("profile", "profiles", ".lock.yaml"),
    /** A generation of an environment. */
    ENV("env", "envs", ".env.yaml"),
    /** A pin that an administrator set by hand. */
    PIN("pin", "pins", ".pin.yaml");

    private final String word;
    private final String folder;
    private final String suffix;

    RecordKind(String word, String folder, String suffix) {
        this.word = word;
        this.folder = folder;
        this.suffix = suffix;
    }

    /** The word in tags and messages. */
    public String word() {
        return word;
    }

    /** The folder below the pool's state folder. */
    String folder() {
        return folder;
    }

    String suffix() {
        return suffix;
    }

    /** Whether there are many per owner, numbered. */
    public boolean hasGenerations() {
        return this != PIN;
    }
}
