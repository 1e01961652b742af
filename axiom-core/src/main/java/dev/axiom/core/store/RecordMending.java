package dev.axiom.core.store;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.RecordFile.State;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mends records that do not agree with their holds: finishes or undoes what dead processes left half-made, and gives ready
 * records the holds that they lack. What its methods throw, {@link Records} says.
 */
final class RecordMending {
    private final Pool pool;
    private final StoreLayout layout;
    private final RecordScan scan;

    RecordMending(Pool pool, StoreLayout layout, RecordScan scan) {
        this.pool = pool;
        this.layout = layout;
        this.scan = scan;
    }

    /** Locking: as {@link Records#recover(Consumer)}. */
    void recover(Consumer<AxiomException> trouble) {
        RecordScan lenient = scan.passingOver(trouble);
        List<Path> drafts = lenient.drafts();
        List<RecordFile> inWork = Stream.of(RecordKind.values())
                .flatMap(kind -> lenient.list(kind).stream())
                .filter(record -> record.state() != State.READY)
                .toList();
        if (drafts.isEmpty() && inWork.isEmpty()) {
            return;
        }
        // Asked last: whoever made what was seen had its lease before, and a dead one never comes to life.
        Set<String> living = pool.leases().stream().map(LeaseInfo::id).collect(Collectors.toSet());
        try {
            for (Path draft : drafts) {
                if (!living.contains(RecordScan.ownerOfDraft(draft))) {
                    discard(draft, trouble);
                }
            }
            for (RecordFile record : inWork) {
                if (!living.contains(record.lease())) {
                    finish(record, trouble);
                }
            }
        } catch (IOException e) {
            throw AxiomException.io("clean up the records of " + pool.location(), e);
        }
    }

    private static void discard(Path draft, Consumer<AxiomException> trouble) throws IOException {
        try {
            DurableFile.discard(draft);
        } catch (DirectoryNotEmptyException e) {
            trouble.accept(RecordScan.corrupt(draft, "it has the name of a draft and is a folder"));
        }
    }

    private void finish(RecordFile record, Consumer<AxiomException> trouble) throws IOException {
        try {
            finish(record);
        } catch (AxiomException e) {
            trouble.accept(Damage.only(e));
        }
    }

    private void finish(RecordFile record) throws IOException {
        StoreLocks locks = new StoreLocks(layout, Duration.ZERO, "cleaning up after a crash");
        try (FileLock lock = locks.exclusive(record.key().kind(), record.key().owner())) {
            settle(record);
        } catch (LockBusyException inWork) {
            // a later start finds it again; until then it only keeps packages alive
        }
    }

    /** Either way the holds go first and the record last. Locking: the owner's lock, exclusively. */
    void settle(RecordFile record) throws IOException {
        Optional<Root> root = scan.read(record);
        if (root.isPresent()) {
            // Who died may not have come to it: no ready record may come back unheld.
            DurableFile.syncName(record.path());
            pool.release(record.key().tag(), Records.datasets(root.get().packages()));
            DurableFile.delete(record.path());
        }
    }

    /** Locking: tries the owner of each record that lacks holds. */
    void repair(List<Root> roots) {
        Set<DatasetName> all = roots.stream()
                .flatMap(root -> Records.datasets(root.packages()).stream())
                .collect(Collectors.toSet());
        Map<DatasetName, Set<HoldTag>> holds = pool.holds(all);
        for (Root root : roots) {
            if (root.state() == State.READY && !lacking(root, holds).isEmpty()) {
                repair(root.key());
            }
        }
    }

    private static List<DatasetName> lacking(Root root, Map<DatasetName, Set<HoldTag>> holds) {
        return Records.datasets(root.packages()).stream()
                .filter(name ->
                        !holds.getOrDefault(name, Set.of()).contains(root.key().tag()))
                .toList();
    }

    /**
     * Looks again under the owner's lock: a record that is being removed lacks holds too, and one given then would never
     * go. Whoever has the lock is at work on the record and alive, so it is left to them.
     */
    private void repair(RecordKey key) {
        StoreLocks locks = new StoreLocks(layout, Duration.ZERO, "the repair of holds");
        try (FileLock lock = locks.exclusive(key.kind(), key.owner())) {
            Optional<Root> now = scan.find(key)
                    .filter(record -> record.state() == State.READY)
                    .flatMap(scan::read);
            if (now.isPresent()) {
                hold(
                        now.get(),
                        lacking(now.get(), pool.holds(Records.datasets(now.get().packages()))));
            }
        } catch (LockBusyException inWork) {
            // its packages are no less alive for this collection, which counts the record as a root
        }
    }

    private void hold(Root root, List<DatasetName> lacking) {
        try {
            pool.hold(root.key().tag(), lacking);
        } catch (DatasetMissingException e) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    root.path() + " lists packages that do not exist: " + e.missing(),
                    "add them again, or give up what lists them: " + root.key().removal(),
                    e);
        }
    }
}
