package dev.axiom.core.store;

import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Pin;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.RecordFile.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The persistent roots, and the protocol that makes and removes them: <em>preparing</em> → hold → <em>ready</em>, and
 * <em>removing</em> → release → delete. So no hold outlives its record, and no ready record lacks a hold.
 *
 * <p>Locking: the caller of {@link #create} and {@link #remove} holds the owner's lock exclusively
 * ({@link StoreLayout#lockFile}); reading needs none.
 */
public final class Records {
    private final Pool pool;
    private final StoreLayout layout;
    private final RecordScan scan;
    private final RecordMending mending;

    public Records(Pool pool, StoreLayout layout) {
        this.pool = pool;
        this.layout = layout;
        this.scan = new RecordScan(layout);
        this.mending = new RecordMending(pool, layout, scan);
    }

    /** All records of a kind, in every state, sorted. @throws AxiomException {@code CORRUPT} as {@link #roots()} */
    public List<RecordFile> list(RecordKind kind) {
        return scan.list(kind);
    }

    /** The records of one owner, in every state, by generation. */
    public List<RecordFile> list(RecordKind kind, String owner) {
        return scan.list(kind, owner);
    }

    /** The profiles or environments that have a folder; {@code trouble} is told of what else lies beside these folders. */
    public List<String> owners(RecordKind kind, Consumer<AxiomException> trouble) {
        return scan.passingOver(trouble).owners(kind);
    }

    /**
     * Every root with the packages that it lists.
     *
     * @throws AxiomException {@code CORRUPT}, naming the file, if anything in the folders of records cannot be read,
     *     parsed, or is nothing that Axiom puts there: what it kept alive is unknown then
     */
    public List<Root> roots() {
        return scan.roots();
    }

    /**
     * As {@link #roots()}, for those who take nothing away from what they do not see.
     *
     * @param trouble told of what cannot be understood; of the same again if it is read again
     */
    public List<Root> roots(Consumer<AxiomException> trouble) {
        return scan.passingOver(trouble).roots();
    }

    /**
     * The lock file of a profile's generation, in any state; empty if there is none. A record that changes its state
     * meanwhile is looked for again, so that a removal which comes to nothing is not taken for one.
     *
     * @throws AxiomException {@code CORRUPT} as {@link #roots()}
     */
    public Optional<LockFile> lockFile(RecordKey key) {
        return scan.document(key).map(source -> RecordDocument.lock(key, source));
    }

    /** The record of an environment's generation, as {@link #lockFile}. */
    public Optional<EnvRecord> env(RecordKey key) {
        return scan.document(key).map(source -> RecordDocument.env(key, source));
    }

    /** A pin, as {@link #lockFile}. */
    public Optional<Pin> pin(RecordKey key) {
        return scan.document(key).map(source -> RecordDocument.pin(key, source));
    }

    /** Whether there is such a record, in any state, and its document can be read. */
    public boolean isWhole(RecordKey key) {
        try {
            return scan.document(key)
                    .map(source -> RecordDocument.packages(key, source))
                    .isPresent();
        } catch (AxiomException e) {
            Damage.only(e);
            return false;
        }
    }

    /**
     * Makes a root: when this returns, the record is ready and all its packages are held, durably.
     *
     * @param owner the lease of the caller, which protects the packages until then
     * @param record what it says
     * @throws DatasetMissingException if a package is gone; the record was undone then, and nothing is left of it
     * @throws AxiomException {@code CONFLICT} if there is such a record
     */
    public void create(Lease owner, RecordKey key, NewRecord record) {
        requireFree(key);
        Path folder = layout.recordFolder(key.kind(), key.owner());
        Path preparing = folder.resolve(RecordFile.fileName(key, State.PREPARING, owner.id()));
        try {
            DurableFile.makeFolders(folder);
            DurableFile.write(preparing, record.document(), StoreLayout.draft(preparing, owner));
            try {
                pool.hold(key.tag(), datasets(record.packages()));
            } catch (DatasetMissingException e) {
                DurableFile.discard(preparing);
                throw e;
            }
            DurableFile.move(preparing, folder.resolve(RecordFile.fileName(key, State.READY, "")));
        } catch (IOException e) {
            throw AxiomException.io("write the record " + preparing, e);
        }
    }

    /** Locking: the owner's lock is the caller's, so nobody is at work on a record that is not ready. */
    private void requireFree(RecordKey key) {
        Optional<RecordFile> there = scan.find(key);
        if (there.isPresent() && there.get().state() == State.READY) {
            throw new AxiomException(ErrorCode.CONFLICT, key + " exists already");
        }
        try {
            if (there.isPresent()) {
                mending.settle(there.get());
            }
        } catch (IOException e) {
            throw AxiomException.io("clean up the record " + there.get().path(), e);
        }
    }

    /** What {@link #remove} does while the record is in state <em>removing</em>. */
    public interface Between {
        /** Removes nothing more. */
        Between NOTHING = () -> true;

        /** Returns false to keep the record after all; it is ready again then. */
        boolean run();
    }

    /** What {@link #remove} does about a record whose document is damaged. */
    public enum IfDamaged {
        /** Throws, with nothing changed. */
        REFUSE,
        /** Removes it, even if it is lost: what it holds is found by the tag of its holds, in the whole store. */
        RELEASE
    }

    /** As the other, and refuses a damaged record. */
    public boolean remove(Lease owner, RecordKey key, Between between) {
        return remove(owner, key, between, IfDamaged.REFUSE);
    }

    /**
     * Removes a root and its holds.
     *
     * @param between removes what else belongs to the record, before its holds go
     * @return whether it was removed; false if {@code between} said so, or there was none and nothing that it may have held
     * @throws AxiomException {@code CORRUPT} as {@link #roots()}; nothing was changed then
     */
    public boolean remove(Lease owner, RecordKey key, Between between, IfDamaged ifDamaged) {
        Optional<RecordFile> found = scan.find(key);
        if (found.isEmpty()) {
            return ifDamaged == IfDamaged.RELEASE && releaseLost(key.tag());
        }
        Collection<DatasetName> held = held(found.get(), ifDamaged);
        Path folder = layout.recordFolder(key.kind(), key.owner());
        Path removing = folder.resolve(RecordFile.fileName(key, State.REMOVING, owner.id()));
        try {
            DurableFile.move(found.get().path(), removing);
            if (!between.run()) {
                DurableFile.move(removing, folder.resolve(RecordFile.fileName(key, State.READY, "")));
                return false;
            }
            pool.release(key.tag(), held);
            DurableFile.delete(removing);
            return true;
        } catch (IOException e) {
            throw AxiomException.io("remove the record " + removing, e);
        }
    }

    private boolean releaseLost(HoldTag tag) {
        List<DatasetName> held = holding(tag);
        pool.release(tag, held);
        return !held.isEmpty();
    }

    /** Throws what {@link #remove} would throw, and changes nothing. */
    public void requireRemovable(RecordKey key, IfDamaged ifDamaged) {
        Optional<Source> source = scan.document(key);
        if (ifDamaged == IfDamaged.REFUSE) {
            source.ifPresent(found -> RecordDocument.packages(key, found));
        }
    }

    /** What carries the record's holds. */
    private Collection<DatasetName> held(RecordFile record, IfDamaged ifDamaged) {
        Optional<Source> source = scan.source(record);
        try {
            return source.map(found -> datasets(RecordDocument.packages(record.key(), found)))
                    .orElse(List.of());
        } catch (AxiomException e) {
            if (ifDamaged == IfDamaged.REFUSE) {
                throw e;
            }
            Damage.only(e);
            return holding(record.key().tag());
        }
    }

    /** Whoever calls has the owner's lock, without which nobody makes or gives up a hold with this tag. */
    private List<DatasetName> holding(HoldTag tag) {
        List<DatasetName> all =
                pool.list(StoreLayout.STORE).stream().map(Dataset::name).toList();
        Map<DatasetName, Set<HoldTag>> holds = pool.holds(all);
        return all.stream()
                .filter(name -> holds.getOrDefault(name, Set.of()).contains(tag))
                .toList();
    }

    /**
     * Undoes what dead processes were preparing and finishes what they were removing, and deletes their drafts. Part of
     * every start; tolerates others who do the same.
     *
     * <p>Locking: tries the owner of each such record exclusively, and passes over those that somebody is at work on. For
     * the next record of that name has the same tag: without the lock, its new holds could be released as the old ones.
     *
     * @param trouble told of everything among the records that cannot be understood. It stays as it is, and so do its
     *     holds: a start may pass over it, a collection may not
     */
    public void recover(Consumer<AxiomException> trouble) {
        mending.recover(trouble);
    }

    /** As {@link #recover(Consumer)}. @throws AxiomException {@code CORRUPT} at the first trouble */
    public void recover() {
        recover(Damage.STOP);
    }

    /**
     * Gives ready records the holds that they lack, for instance after a restore from a backup.
     *
     * @throws AxiomException {@code CORRUPT} if a package that a ready record lists does not exist; names both
     */
    public void repair(List<Root> roots) {
        mending.repair(roots);
    }

    static List<DatasetName> datasets(Collection<PackageId> packages) {
        return packages.stream().map(StoreLayout::packageDataset).toList();
    }
}
