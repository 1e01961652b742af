package dev.axiom.gc;

import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import java.util.List;
import java.util.Optional;

/** Where generations come from and how one is removed: the profiles, the environments. */
public interface GenerationSource {

    /** What the generations are of; one source for each kind. */
    RecordKind kind();

    /** All generations that are ready, of every owner, in no order. */
    List<Generation> generations();

    /** Records that the next start of a writing command removes, in whatever state they are. */
    default List<RecordFile> abandoned() {
        return List.of();
    }

    /**
     * Removes a generation with its record, holds and files, unless it has become current or is being used since it was
     * listed. One that is gone already counts as removed.
     *
     * @param owner the collector's lease
     * @return why it was kept; empty if it is gone
     * @throws dev.axiom.core.lock.LockBusyException if somebody else is at work on its owner until the timeout is over
     */
    Optional<String> remove(Lease owner, Generation generation);
}
