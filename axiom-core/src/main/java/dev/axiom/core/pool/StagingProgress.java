package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.util.Map;

/**
 * How far a dataset in the making is, and so what may be done with it. For those who write a pool; for one thread. A seal
 * that failed half way cannot be told from none, so nothing but closing follows it.
 */
public final class StagingProgress {
    private final DatasetName name;
    private State state = State.FILLING;

    private enum State {
        FILLING,
        FAILED,
        SEALED,
        PUBLISHED,
        CLOSED
    }

    public StagingProgress(DatasetName name) {
        this.name = name;
    }

    /**
     * The seal comes next; until {@link #sealed} is said, it has failed.
     *
     * @throws AxiomException {@code INVALID} if a property breaks a rule, {@code INTERNAL} if it was sealed before;
     *     nothing has changed then
     */
    public void sealing(Map<String, String> properties) {
        check(State.FILLING);
        SealProperties.check(properties);
        state = State.FAILED;
    }

    /** The seal is there. */
    public void sealed() {
        state = State.SEALED;
    }

    public boolean isSealed() {
        return state == State.SEALED;
    }

    /**
     * Refuses what needs a seal.
     *
     * @throws AxiomException {@code INTERNAL} if it is not sealed, or was published already
     */
    public void checkSealed() {
        check(State.SEALED);
    }

    private void check(State needed) {
        if (state != needed) {
            throw new AxiomException(ErrorCode.INTERNAL, "the staging " + name + " is " + state + " and not " + needed);
        }
    }

    /** It has its final name. */
    public void published() {
        state = State.PUBLISHED;
    }

    /** Ends the work; returns whether there is something to destroy, which is so once at most. */
    public boolean close() {
        if (state == State.PUBLISHED || state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        return true;
    }
}
