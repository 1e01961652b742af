package dev.axiom.core.pool;

import java.util.List;

/**
 * A batch of which all that may go is out of the store. What a pool has to do after that for each file is put off until
 * {@link #erase}, so that whoever holds a lock can give it back first. What is never erased goes in a recovery, when the lease
 * that it was taken for has ended.
 */
public interface Taken {

    /** As of {@link Pool#destroyUnheld}: what was taken counts as destroyed. */
    List<Destruction> results();

    /**
     * Erases, for as long as that takes. Twice is fine. Does not throw: what cannot be erased is left to recovery, and the
     * result says so.
     *
     * @return {@link #results()} with what was really freed
     */
    List<Destruction> erase();

    /** Where nothing is left to erase. */
    static Taken erased(List<Destruction> results) {
        return new Taken() {
            @Override
            public List<Destruction> results() {
                return results;
            }

            @Override
            public List<Destruction> erase() {
                return results;
            }
        };
    }
}
