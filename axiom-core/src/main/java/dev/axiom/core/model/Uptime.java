package dev.axiom.core.model;

import java.time.Duration;

/**
 * For how long a machine has been up, sleep included, which no setting of its clock changes.
 *
 * @param boot what the kernel calls this run of the machine; another one after every start
 * @param length the time since that start
 */
public record Uptime(String boot, Duration length) {
    private static final int LONGEST = 64;
    private static final Alphabet REST = Alphabet.ALPHANUMERIC.with("-");

    /**
     * Checks.
     *
     * @throws AxiomException {@code INVALID} if the name is none, or the length negative
     */
    public Uptime {
        if (!REST.names(boot, LONGEST)) {
            throw Texts.invalid("the name of a machine's run must be letters, digits and '-' (64 at most)");
        }
        if (length.isNegative()) {
            throw Texts.invalid("a machine cannot be up for less than nothing");
        }
    }
}
