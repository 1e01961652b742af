package dev.axiom.cli;

/** What a command does once its words are understood. */
@FunctionalInterface
public interface Action {
    /**
     * Does it.
     *
     * @return the exit code: 0, or a finding's own, such as a child process's
     * @throws dev.axiom.core.model.AxiomException if it cannot be done; the code decides the exit code
     */
    int run();
}
