package dev.axiom.core.profile;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Records.IfDamaged;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes profiles and generations away, and finishes what a crash cut short: first the tombstone, then the records, then
 * the folder. What its methods throw, {@link Profiles} says. Locking: exclusive on the profile, by the caller, unless
 * a method says otherwise.
 */
final class ProfileDeletion {
    private final StoreLayout layout;
    private final Records records;

    ProfileDeletion(StoreLayout layout, Records records) {
        this.layout = layout;
        this.records = records;
    }

    void delete(Lease lease, ProfileName name, IfDamaged ifDamaged) {
        ProfileFolder folder = folder(name);
        requireRemovable(name, ifDamaged); // after the tombstone it would be too late to refuse
        if (!folder.isForgotten()) {
            folder.requireAny();
            folder.forget(lease);
        }
        removeAll(lease, name, ifDamaged);
    }

    void deleteGeneration(Lease lease, ProfileName name, int number, IfDamaged ifDamaged) {
        ProfileFolder folder = folder(name);
        boolean current = folder.current().equals(Optional.of(number));
        if (current && (ifDamaged == IfDamaged.REFUSE || records.isWhole(folder.key(number)))) {
            throw new AxiomException(
                    ErrorCode.BUSY,
                    "generation " + number + " of profile '" + name + "' is the current one",
                    "first: axiom profile rollback " + name + " N",
                    null);
        }
        Records.Between between = () -> {
            if (current) {
                folder.unpoint();
            }
            return true;
        };
        if (!records.remove(lease, folder.key(number), between, ifDamaged)) {
            folder.requireAny();
            throw folder.noGeneration(number);
        }
    }

    /** Finishes a deletion that was decided. @throws AxiomException {@code CORRUPT} if a lock file is damaged */
    void finish(Lease lease, ProfileName name) {
        requireRemovable(name, IfDamaged.REFUSE);
        removeAll(lease, name, IfDamaged.REFUSE);
    }

    /** Locking: tries each deleted profile exclusively, and passes over those that somebody is at work on. */
    void recover(Lease lease, Consumer<AxiomException> trouble) {
        StoreLocks impatient = new StoreLocks(layout, Duration.ZERO, "the end of a deletion");
        for (ProfileName name : decided(trouble)) {
            try (FileLock lock = impatient.exclusive(RecordKind.PROFILE, name.value())) {
                if (folder(name).isForgotten()) {
                    finish(lease, name);
                }
            } catch (LockBusyException inWork) {
                // whoever has the lock is deleting it, or making it anew
            } catch (AxiomException e) {
                trouble.accept(Damage.only(e));
            }
        }
    }

    /** Records that {@link #recover} removes. Locking: none; what it says may be old. */
    List<RecordFile> abandoned() {
        return decided(Damage.STOP).stream()
                .flatMap(name -> records(name).stream())
                .toList();
    }

    /** By the folders that count for records as well, so that what is none of these is told in the same words. */
    private List<ProfileName> decided(Consumer<AxiomException> trouble) {
        List<ProfileName> names = new ArrayList<>();
        for (String owner : records.owners(RecordKind.PROFILE, trouble)) {
            try {
                ProfileName name = new ProfileName(owner);
                if (folder(name).isForgotten()) {
                    names.add(name);
                }
            } catch (AxiomException e) {
                trouble.accept(e); // of another user's, say: nothing else of this start needs it
            }
        }
        names.sort(null);
        return names;
    }

    private void requireRemovable(ProfileName name, IfDamaged ifDamaged) {
        for (RecordFile record : records(name)) {
            records.requireRemovable(record.key(), ifDamaged);
        }
    }

    /** The records first: without a profile they are no roots that anybody can see. */
    private void removeAll(Lease lease, ProfileName name, IfDamaged ifDamaged) {
        for (RecordFile record : records(name)) {
            records.remove(lease, record.key(), Records.Between.NOTHING, ifDamaged);
        }
        folder(name).delete();
    }

    private List<RecordFile> records(ProfileName name) {
        return records.list(RecordKind.PROFILE, name.value());
    }

    private ProfileFolder folder(ProfileName name) {
        return new ProfileFolder(layout, records, name);
    }
}
