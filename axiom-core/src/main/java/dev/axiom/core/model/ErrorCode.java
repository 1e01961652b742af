package dev.axiom.core.model;

/**
 * What kind of failure this is. The number is the process's exit code and never changes; scripts rely on it.
 */
public enum ErrorCode {
    /** A defect of Axiom itself. */
    INTERNAL(1),
    /** The command line was not understood, or a value on it breaks a rule; nothing was done. */
    USAGE(2),
    /** A thing that was named does not exist. */
    NOT_FOUND(3),
    /** The thing exists already, or two things want the same place. */
    CONFLICT(4),
    /** An input (an archive, a document) breaks a rule; nothing of it was kept. */
    INVALID(5),
    /** No set of packages satisfies the requirements. */
    UNSOLVABLE(6),
    /** Somebody else holds what is needed; trying again later may work. */
    BUSY(7),
    /** Something that Axiom wrote is damaged; nothing was changed. */
    CORRUPT(8),
    /** The pool cannot be reached, is full, or this user may not use it so. */
    UNAVAILABLE(9),
    /** A signal asked to stop. The process ends by the number of that signal: this one, 129 or 143. */
    INTERRUPTED(130);

    private final int exitCode;

    ErrorCode(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The process exit code, 1 to 9, or 130. */
    public int exitCode() {
        return exitCode;
    }
}
