package dev.axiom.core.profile;

import dev.axiom.core.format.Comments;
import dev.axiom.core.format.ProfileSpecCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Records.IfDamaged;
import dev.axiom.core.store.Rereading;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The profiles of a pool. Readers take no lock: every file is replaced whole. Writers take the profile's lock alone, so
 * that two who edit at once lose nothing.
 */
public final class Profiles {
    private final StoreLayout layout;
    private final Records records;
    private final StoreLocks locks;
    private final ProfileDeletion deletion;

    public Profiles(StoreLayout layout, Records records, StoreLocks locks) {
        this.layout = layout;
        this.records = records;
        this.locks = locks;
        this.deletion = new ProfileDeletion(layout, records);
    }

    /** All profiles, sorted by name. */
    public List<ProfileName> list() {
        return ProfileFolders.having(layout, StoreLayout.PROFILE_SPEC);
    }

    /** The profiles that have generations, but no {@code profile.yaml} any more; sorted. */
    public List<ProfileName> lost() {
        return ProfileFolders.having(layout, StoreLayout.GENERATIONS).stream()
                .filter(name -> folder(name).isLost())
                .toList();
    }

    /** What the profile wants. @throws AxiomException {@code NOT_FOUND} */
    public ProfileSpec spec(ProfileName name) {
        return folder(name).spec();
    }

    /**
     * Makes a profile that wants nothing yet; finishes its deletion first, if one was decided. Locking: exclusive.
     *
     * @throws AxiomException {@code CONFLICT} if it exists; {@code CORRUPT} if it has lost no more than its
     *     {@code profile.yaml}: its generations stay, and so do their packages
     */
    public void create(Lease lease, ProfileName name, String description) {
        try (FileLock lock = lock(name)) {
            ProfileFolder folder = folder(name);
            if (folder.exists()) {
                throw new AxiomException(ErrorCode.CONFLICT, "profile '" + name + "' exists already");
            }
            if (folder.isForgotten()) {
                deletion.finish(lease, name);
            } else {
                folder.requireNotLost();
                folder.delete();
            }
            folder.write(lease, new ProfileSpec(name, description, List.of()));
        }
    }

    /**
     * Removes a profile with all its generations: {@code profile.yaml} gets the name of a tombstone, and what the tombstone
     * speaks for goes after that. If this is cut short, {@link #recover} finishes it. A profile that has lost its
     * {@code profile.yaml} can be removed too.
     *
     * <p>Locking: exclusive.
     *
     * @param ifDamaged what to do if one of its lock files is damaged; a deletion that could not be finished because of that
     *     can be repeated
     * @throws AxiomException {@code NOT_FOUND} if there is no such profile; {@code CORRUPT} if one of its lock files is
     *     damaged, and that is to be refused: nothing was changed then
     */
    public void delete(Lease lease, ProfileName name, IfDamaged ifDamaged) {
        try (FileLock lock = lock(name)) {
            deletion.delete(lease, name, ifDamaged);
        }
    }

    /** As the other, and refuses damaged lock files. */
    public void delete(Lease lease, ProfileName name) {
        delete(lease, name, IfDamaged.REFUSE);
    }

    /**
     * Removes one generation; of the current one only if it is damaged, and then the profile is as if it had not been
     * resolved since. Locking: exclusive.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is no such generation; {@code BUSY} if it is the current one;
     *     {@code CORRUPT} if it is damaged, and that is to be refused
     */
    public void deleteGeneration(Lease lease, ProfileName name, int number, IfDamaged ifDamaged) {
        try (FileLock lock = lock(name)) {
            deletion.deleteGeneration(lease, name, number, ifDamaged);
        }
    }

    /**
     * Finishes deletions that a crash cut short. Records without a profile and without a tombstone stay, and so do their
     * packages: a lost {@code profile.yaml} is no decision to delete. Part of every start, after {@link Records#recover()}.
     *
     * <p>Locking: tries each deleted profile exclusively, and passes over those that somebody is at work on.
     *
     * @param trouble told of each deletion that cannot be finished because of damage, and which waits for a person then
     */
    public void recover(Lease lease, Consumer<AxiomException> trouble) {
        deletion.recover(lease, trouble);
    }

    /** As {@link #recover(Lease, Consumer)}. @throws AxiomException {@code CORRUPT} at the first trouble */
    public void recover(Lease lease) {
        recover(lease, Damage.STOP);
    }

    /** Records that {@link #recover} removes. Locking: none; what it says may be old. */
    public List<RecordFile> abandoned() {
        return deletion.abandoned();
    }

    /**
     * Adds requirements; one for a name that is there already replaces it. Locking: exclusive.
     */
    public Edited add(Lease lease, ProfileName name, Collection<Requirement> requirements) {
        return edit(lease, name, spec -> {
            ProfileSpec wanted = spec;
            for (Requirement requirement : requirements) {
                wanted = wanted.with(requirement);
            }
            return wanted;
        });
    }

    /**
     * Removes requirements. Locking: exclusive.
     *
     * @throws AxiomException {@code NOT_FOUND} if the profile does not want one of them; nothing was changed then
     */
    public Edited remove(Lease lease, ProfileName name, Collection<PackageName> names) {
        return edit(lease, name, spec -> {
            ProfileSpec wanted = spec;
            for (PackageName unwanted : names) {
                ProfileSpec less = wanted.without(unwanted);
                if (less.equals(wanted)) {
                    throw notFound("profile '" + name + "' does not ask for " + unwanted, "axiom profile show " + name);
                }
                wanted = less;
            }
            return wanted;
        });
    }

    private Edited edit(Lease lease, ProfileName name, UnaryOperator<ProfileSpec> change) {
        try (FileLock lock = lock(name)) {
            ProfileFolder folder = folder(name);
            Source text = folder.source();
            ProfileSpec before = ProfileSpecCodec.read(text, name);
            ProfileSpec after = change.apply(before);
            if (after.equals(before)) {
                folder.syncSpec();
                return new Edited(after, false);
            }
            folder.write(lease, after);
            return new Edited(after, Comments.in(text.text()));
        }
    }

    /** The text of {@code profile.yaml}, which may be wrong. @throws AxiomException {@code NOT_FOUND} */
    public String text(ProfileName name) {
        return folder(name).text();
    }

    /**
     * Puts another text in the place of {@code profile.yaml}, to the letter. After a failure it is as it was, or replaced and
     * perhaps not durable. Locking: exclusive.
     *
     * @param seen what the file said when the work on the new text began
     * @param text a document that {@link ProfileSpecCodec} can read, as UTF-8
     * @return what the profile wants now
     * @throws AxiomException {@code INVALID} if the text breaks a rule or is about another profile, {@code CONFLICT} if the
     *     file is no longer what was seen, {@code NOT_FOUND} if the profile is gone
     */
    public ProfileSpec replace(Lease lease, ProfileName name, String seen, Source text) {
        ProfileSpec spec = ProfileSpecCodec.read(text, name);
        try (FileLock lock = lock(name)) {
            ProfileFolder folder = folder(name);
            if (!folder.text().equals(seen)) {
                throw new AxiomException(ErrorCode.CONFLICT, "somebody else changed profile '" + name + "' meanwhile");
            }
            folder.write(lease, text.text());
            return spec;
        }
    }

    /** All generations that are ready, oldest first. @throws AxiomException {@code NOT_FOUND} without such a profile */
    public List<Generation> history(ProfileName name) {
        ProfileFolder folder = folder(name);
        folder.require(); // and no more: what it wants now may be nonsense, and is no part of its history
        Optional<Integer> current = folder.current();
        List<Generation> generations = new ArrayList<>();
        for (RecordFile record : records.list(RecordKind.PROFILE, name.value())) {
            int number = record.key().generation();
            Optional<LockFile> lock = ProfileFolder.isReady(record) ? records.lockFile(record.key()) : Optional.empty();
            Optional<Instant> created = record.created();
            if (lock.isPresent() && created.isPresent()) { // else it was removed since it was listed
                boolean isCurrent = current.equals(Optional.of(number));
                generations.add(new Generation(number, created.get(), isCurrent, lock.get()));
            }
        }
        return generations;
    }

    /**
     * Looks whether every generation is one that was made here, for those who decide by their numbers. Locking: none.
     *
     * @throws AxiomException {@code CORRUPT}, naming the one that is not
     */
    public void requireGiven(ProfileName name) {
        folder(name).requireGiven(records.list(RecordKind.PROFILE, name.value()));
    }

    /** For who needs a generation where there is none. */
    public static AxiomException neverResolved(ProfileName name) {
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "profile '" + name + "' was never resolved",
                "axiom profile resolve " + name,
                null);
    }

    /**
     * The current lock file, or empty if the profile was never resolved.
     *
     * @throws AxiomException {@code CORRUPT} if it is damaged or missing
     */
    public Optional<Locked> current(ProfileName name) {
        return current(name, Damage.STOP);
    }

    /** As the other; {@code lost} is told of a generation that is current and missing, and it is as if there were none. */
    Optional<Locked> current(ProfileName name, Consumer<AxiomException> lost) {
        folder(name).spec();
        return Rereading.of("profile '" + name + "'", () -> {
            Optional<Integer> current = folder(name).current();
            Optional<Locked> locked = current.flatMap(number -> generation(name, number));
            if (current.isEmpty() || locked.isPresent()) {
                return Optional.of(locked);
            }
            if (!folder(name).current().equals(current)) {
                return Optional.empty();
            }
            folder(name).spec(); // of a profile that is being deleted the records go before the pointer
            lost.accept(missing(name, current.get()));
            return Optional.of(locked);
        });
    }

    private AxiomException missing(ProfileName name, int generation) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                layout.profilePointer(name) + ": generation " + generation + " does not exist",
                "axiom profile rollback " + name + " N, or axiom profile resolve " + name,
                null);
    }

    /** The lock file of a ready generation; empty if there is none. */
    public Optional<Locked> generation(ProfileName name, int number) {
        return records.lockFile(folder(name).key(number)).map(lock -> new Locked(number, lock));
    }

    /**
     * Makes an existing generation current. Locking: exclusive.
     *
     * @param number which; empty for the one before the current
     * @return the generation that is current now
     * @throws AxiomException {@code NOT_FOUND} if there is no such generation
     */
    public int rollback(Lease lease, ProfileName name, Optional<Integer> number) {
        try (FileLock lock = lock(name)) {
            folder(name).require();
            List<Integer> ready = records.list(RecordKind.PROFILE, name.value()).stream()
                    .filter(ProfileFolder::isReady)
                    .map(record -> record.key().generation())
                    .toList();
            int target = number.orElseGet(() -> previous(name, ready));
            // Only this one is read: a damaged one is what people roll back from.
            if (!ready.contains(target) || generation(name, target).isEmpty()) {
                throw folder(name).noGeneration(target);
            }
            folder(name).point(lease, target);
            return target;
        }
    }

    private int previous(ProfileName name, List<Integer> ready) {
        int current = folder(name).current().orElse(Integer.MAX_VALUE);
        return ready.stream()
                .mapToInt(Integer::intValue)
                .filter(number -> number < current)
                .max()
                .orElseThrow(() -> notFound(
                        "profile '" + name + "' has no generation before the current one",
                        "axiom profile history " + name));
    }

    private static AxiomException notFound(String message, String hint) {
        return new AxiomException(ErrorCode.NOT_FOUND, message, hint, null);
    }

    /**
     * Removes a generation, unless it is the current one. Locking: exclusive.
     *
     * @return whether it was removed
     */
    public boolean prune(Lease lease, ProfileName name, int number) {
        try (FileLock lock = lock(name)) {
            ProfileFolder folder = folder(name);
            return !folder.current().equals(Optional.of(number))
                    && records.remove(lease, folder.key(number), Records.Between.NOTHING);
        }
    }

    ProfileFolder folder(ProfileName name) {
        return new ProfileFolder(layout, records, name);
    }

    FileLock lock(ProfileName name) {
        return locks.exclusive(RecordKind.PROFILE, name.value());
    }
}
